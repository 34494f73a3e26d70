/** Keeps the few best-scored items of many; ties go to the earlier one. */
export class Shortlist<T> {
  private readonly kept: { readonly item: T; readonly score: number }[] = [];

  constructor(private readonly width: number) {}

  offer(item: T, score: number): void {
    const { kept } = this;
    if (kept.length === this.width && kept[kept.length - 1].score >= score) return;
    let place = kept.length;
    while (place > 0 && kept[place - 1].score < score) place--;
    kept.splice(place, 0, { item, score });
    if (kept.length > this.width) kept.pop();
  }

  /** Best first. */
  items(): T[] {
    return this.kept.map(({ item }) => item);
  }
}
