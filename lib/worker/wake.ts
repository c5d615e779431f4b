/** Sleep that a call ends early; a call while nobody sleeps ends the next sleep at once. */
export class Wake {
  #isCalled = false;
  #awaken: (() => void) | null = null;

  call(): void {
    this.#isCalled = true;
    this.#awaken?.();
  }

  async wait(milliseconds: number): Promise<void> {
    if (!this.#isCalled) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.#awaken = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#awaken = null;
    this.#isCalled = false;
  }
}
