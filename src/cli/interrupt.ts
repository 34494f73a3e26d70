/** Ctrl-C as a question: long work asks now and then whether the user wants it to end. */

export interface Interrupt {
  readonly isRequested: () => boolean;
  /** Gives the signal its default action back. */
  readonly end: () => void;
}

/**
 * From now on the first Ctrl-C only answers `isRequested`; the second one ends the process by its default
 * action.
 */
export function listenForInterrupt(onRequest: () => void = () => undefined): Interrupt {
  let isRequested = false;
  const listen = (): void => {
    isRequested = true;
    process.removeListener('SIGINT', listen);
    onRequest();
  };
  process.on('SIGINT', listen);
  return {
    isRequested: () => isRequested,
    end: () => process.removeListener('SIGINT', listen),
  };
}
