/** Questions of which only the newest matters: a slider that moves asks faster than answers come. */

const SHOW_PROGRESS_AFTER_MS = 300;

/** One question at a time; of those that wait the newest is asked, so that the last value wins. */
export class LatestQuestion {
  /**
   * @param {(plan: object) => Promise<unknown>} answer asks and shows what comes
   * @param {(busy: boolean) => void} progress
   */
  constructor(answer, progress) {
    Object.assign(this, { answer, progress, waiting: null, busy: false });
  }

  /** @param {object} plan */
  async ask(plan) {
    this.waiting = plan;
    if (this.busy) return;
    this.busy = true;
    try {
      while (this.waiting) await this.next();
    } finally {
      this.busy = false;
    }
  }

  async next() {
    const plan = this.waiting;
    this.waiting = null;
    const timer = setTimeout(() => this.progress(true), SHOW_PROGRESS_AFTER_MS);
    try {
      await this.answer(plan);
    } finally {
      clearTimeout(timer);
      this.progress(false);
    }
  }
}
