/** The plate: foods by the portion. */

import { make } from './dom.js';
import { numberText, say } from './words.js';

/** @typedef {{ food: string, label: string, serving_g: number }} Food */

const FIRST_FOODS = ['natto', 'gouda', 'whole milk', 'spinach with butter', 'sardines with bones', 'egg yolk'];
const MOST_PORTIONS = 10;

export class Plate {
  /**
   * @param {HTMLElement} place @param {Food[]} foods
   * @param {(dial: string, grams: number) => void} serve
   * @param {(food: string) => string} dialOf
   */
  constructor(place, foods, serve, dialOf) {
    Object.assign(this, { place, foods, serve, dialOf, more: [], key: '', grams: () => 0 });
  }

  /** Shows what is on the plate. @param {(dial: string) => number} grams */
  show(grams) {
    this.grams = grams;
    const eaten = this.foods.filter((one) => grams(this.dialOf(one.food)) > 0 && !FIRST_FOODS.includes(one.food));
    const wanted = [...this.foods.filter((one) => FIRST_FOODS.includes(one.food)), ...new Set([...this.more, ...eaten])];
    const key = wanted.map((one) => one.food).join('|');
    if (key !== this.key) this.build(wanted);
    this.key = key;
    for (const { food, row } of this.rows) this.fill(food, row);
  }

  fill(food, row) {
    const grams = this.grams(this.dialOf(food.food));
    const portions = grams / food.serving_g;
    const amount = row.querySelector('.amount');
    amount.textContent = grams > 0 ? say('portions', { portions: numberText(portions, 2), grams: numberText(grams) }) : say('portion', { grams: numberText(food.serving_g) });
    row.classList.toggle('eaten', grams > 0);
    row.querySelector('.less').disabled = !(grams > 0);
    row.querySelector('.more').disabled = portions >= MOST_PORTIONS;
  }

  change(food, by) {
    const portions = Math.round(this.grams(this.dialOf(food.food)) / food.serving_g) + by;
    this.serve(this.dialOf(food.food), Math.min(Math.max(portions, 0), MOST_PORTIONS) * food.serving_g);
  }

  build(wanted) {
    const focused = document.activeElement?.id;
    this.rows = wanted.map((food) => {
      const id = `food-${food.food.replace(/[^a-z0-9]+/gi, '-')}`;
      const button = (kind, sign, by) => make('button', {
        type: 'button', class: kind, id: `${id}-${kind}`, text: sign, 'aria-label': say(`${kind}_food`, { food: food.label }), click: () => this.change(food, by),
      });
      const row = make('li', {}, make('span', { class: 'food' }, make('b', { text: food.label }), ' ', make('span', { class: 'amount' })),
        button('less', '−', -1), button('more', '+', 1));
      return { food, row };
    });
    const known = new Map(this.foods.map((one) => [one.label.toLowerCase(), one]));
    const list = make('datalist', { id: 'foods' }, ...this.foods.filter((one) => !wanted.includes(one)).map((one) => make('option', { value: one.label })));
    const field = make('input', { type: 'text', id: 'food-name', list: 'foods', autocomplete: 'off', maxlength: 60, input: () => add(), change: () => { if (add() === null) remark.textContent = say('no_food', { name: field.value.trim() }); } });
    const remark = make('span', { class: 'remark', role: 'status' });
    const add = () => {
      const food = known.get(field.value.trim().toLowerCase());
      remark.textContent = '';
      if (!food) return field.value.trim() ? null : undefined;
      if (wanted.includes(food)) return undefined;
      this.more.push(food);
      this.serve(this.dialOf(food.food), food.serving_g);
      document.getElementById('food-name')?.focus();
      return food;
    };
    this.place.replaceChildren(make('ul', { class: 'foods' }, ...this.rows.map(({ row }) => row)),
      make('p', { class: 'by-name' }, make('label', { for: 'food-name', text: say('food_by_name') }), field, list, remark));
    if (focused) document.getElementById(focused)?.focus();
  }
}
