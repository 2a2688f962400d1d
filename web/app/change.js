/** The sentence about the last step, and the offer to take a first one. */

import { labelOf } from './arms.js';
import { byId, make } from './dom.js';
import { numberText, say } from './words.js';

const ANNOUNCE_AFTER_MS = 700;
/** The food that a reader is asked to try. */
const FIRST_FOOD = 'natto';
/** Stands for numbers that are still to come. */
const TO_COME = '…';

const firstFood = (explorer) => explorer.know.foods.find((one) => one.food === FIRST_FOOD);

const write = (sentences) => byId('change').replaceChildren(...sentences.map((text) => make('span', { text })));

const under = (set, told) => say('changed_under', { set, told });

/**
 * Says what the last step changed: all of it under the set in force, what comes of it under each other one, too.
 * @param {any} explorer @param {any} plan @param {any} run @param {() => boolean} newer true if a newer question waits
 */
export async function showChange(explorer, plan, run, newer) {
  const pair = run.arms.slice(-2), arms = plan.arms.slice(-2), { sets } = explorer.know;
  const ofSet = (set) => explorer.ask({ ...plan.run, figures: [], arms: arms.map((one) => ({ ...one, hypothesis: set })) });
  const own = pair[pair.length - 1].hypothesis, first = plan.state.set === 'both' ? sets[0] : own;
  explorer.nothingChanged = !run.change;
  let sentences = [];
  if (run.change && pair[0].hypothesis !== own) {
    sentences = [run.change]; // the sets themselves are compared
    write(sentences);
  } else if (run.change) {
    const told = first === own ? run : await ofSet(first), others = sets.filter((other) => other !== first);
    if (told) sentences = [under(first, told.change)];
    write([...sentences, ...others.map((other) => under(other, TO_COME))]);
    for (const other of others) {
      if (newer()) return;
      const answer = await ofSet(other);
      if (answer) sentences.push(under(other, answer.outcomes));
    }
    write(sentences);
  }
  showHint(explorer);
  explorer.later('announce', ANNOUNCE_AFTER_MS, () => { byId('announced').textContent = sentences.join('. '); });
}

/** What the last step turned, in words. @param {any} explorer @param {Object<string, any>} before settings of the arm it is compared with */
export const turned = (explorer, before) => labelOf(explorer.history.state.settings, before, explorer.know.dials);

/** What is shown at the beginning, and what to try first. @param {any} explorer */
export function showHint(explorer) {
  const { values, know } = explorer, food = firstFood(explorer);
  byId('try').hidden = !(explorer.nothingChanged && food && !(explorer.foods[food.food] > 0));
  if (!explorer.nothingChanged) return;
  if (food) byId('try').textContent = say('try_food', { food: food.label, grams: food.serving_g });
  const pills = [...know.dials.values()].filter((one) => one.group === 'take' && one.dial.endsWith('_supplement'));
  const takes = pills.filter(({ dial }) => values[dial] > 0).map(({ dial, label, unit }) => `${label} ${numberText(values[dial])} ${unit}`);
  const told = values.sex ? say('begins', { arm: explorer.label(), sex: values.sex, age: numberText(values.age), takes: takes.join(', ') || say('takes_nothing') }) : '';
  write([told, say('hint')].filter(Boolean));
}

/** Adds the first food to the plate; the reader goes on where it is told what came of it. @param {any} explorer */
export function tryFood(explorer) {
  const food = firstFood(explorer);
  if (!food) return;
  explorer.turn(explorer.know.dialOfFood(food.food), food.serving_g);
  byId('change').focus();
}
