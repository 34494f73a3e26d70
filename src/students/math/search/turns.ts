/** Waiting, for browsers and Node alike. Nothing that is found depends on how long it takes. */

/** Resolves once the event loop has served timers and input. */
export function nextTurn(): Promise<void> {
  return pause(0);
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
