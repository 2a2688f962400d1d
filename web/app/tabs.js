/** Tabs: one figure in view, chosen by pointer, touch or arrow keys. */

import { make } from './dom.js';
import { say } from './words.js';

/** Figures that the engine draws of a run, and those that it is asked for on their own. */
export const TABS = ['paradox', 'body', 'timeline', 'curve', 'fate', 'calcium', 'balance', 'why'];

export class Tabs {
  /** @param {HTMLElement} list @param {(tab: string) => void} choose */
  constructor(list, choose) {
    this.buttons = TABS.map((tab) => make('button', {
      type: 'button', role: 'tab', id: `tab-${tab}`, 'aria-controls': 'view', text: say(`tab_${tab}`), click: () => choose(tab),
    }));
    list.setAttribute('aria-label', say('tabs'));
    list.append(...this.buttons);
    list.addEventListener('keydown', (event) => {
      const at = this.buttons.indexOf(/** @type {any} */ (document.activeElement)), last = this.buttons.length - 1;
      const next = { ArrowRight: (at + 1) % (last + 1), ArrowLeft: (at + last) % (last + 1), Home: 0, End: last }[event.key];
      if (next === undefined || at < 0) return;
      event.preventDefault();
      this.buttons[next].focus();
      choose(TABS[next]);
    });
  }

  show(tab) {
    this.buttons.forEach((button, index) => {
      const on = TABS[index] === tab;
      button.setAttribute('aria-selected', String(on));
      button.tabIndex = on ? 0 : -1;
      if (on) document.getElementById('view')?.setAttribute('aria-labelledby', button.id);
    });
  }
}
