/** Figures with their own question: the dose-response of the dial in hand with its trials, the causes of a difference. */

import { curveValues } from './dials.js';
import { say } from './words.js';

/** Arms of a plan by hypothesis set: all under one name, or those of each set. */
function bySet(plan, sets) {
  if (plan.state.set !== 'both') return [['', plan.arms]];
  return sets.map((set) => [set, plan.arms.filter((one) => one.hypothesis === set)]);
}

/** A figure that says under which set it was made. */
const underSet = (figure, set) => (set ? { ...figure, subtitle: `${say('under_set', { set })} · ${figure.subtitle}` } : figure);

/** The present value of a dial, in the unit in which the engine takes it; null where there is none. */
function presentValue(explorer, dial, settings) {
  const food = explorer.know.dials.get(dial)?.food;
  const inForce = food ? explorer.foods[food === true ? dial : food] ?? 0 : explorer.values[dial];
  const value = settings[dial] ?? inForce;
  return Number.isFinite(value) ? value : null;
}

/** Curves of the dial in hand, one for each set, and the trials beside them. */
async function curves(explorer, plan) {
  const { dial, settings } = plan.state;
  const values = curveValues(explorer.know, dial);
  if (!values) return { instead: say('curve_needs_number') };
  const person = await explorer.ask(plan.person);
  if (person) explorer.showPerson(person, plan);
  const now = presentValue(explorer, dial, settings);
  const figures = [], trials = [];
  for (const [set, arms] of bySet(plan, explorer.know.sets)) {
    const moving = arms[arms.length - 1], look = explorer.looks.get(moving.name) ?? 0;
    const told = await explorer.ask({ do: 'curve', ...moving, dial, values, now, look, form: plan.form });
    if (!told) return null;
    figures.push(underSet(told, set));
    if (told.trials) trials.push({ ...underSet(told.trials, set), set });
  }
  return { figures: [...figures, ...trials], trials };
}

/** Waterfalls between the last two arms, for each set. */
async function causes(explorer, plan) {
  const figures = [];
  for (const [set, arms] of bySet(plan, explorer.know.sets)) {
    if (arms.length < 2) return { instead: say('why_needs_two') };
    const told = await explorer.ask({ do: 'why', arms, form: plan.form });
    if (!told) return null;
    figures.push(...told.figures.map((one) => underSet(one, set)));
  }
  return { figures };
}

/** Body maps of the last two arms in the colors of the whole run, for each set; null if the engine refused. */
export async function bodies(explorer, plan) {
  const figures = [];
  for (const [set, arms] of bySet(plan, explorer.know.sets)) {
    const shown = arms.slice(-2).map(({ name }) => name);
    const told = await explorer.ask({ do: 'run', arms: plan.arms, figures: ['body'], shown, form: plan.form });
    if (!told) return null;
    figures.push(underSet(told.figures.body, set));
  }
  return { figures };
}

/** True of a figure that stands in a question of its own. @param {import('./state.js').State} state */
export const asksApart = ({ tab, set }) => ['curve', 'why'].includes(tab) || tab === 'body' && set === 'both';

/**
 * What a tab shows that asks for itself: figures, or a sentence instead; null if the engine refused.
 * @param {any} explorer @param {any} plan
 * @returns {Promise<{ figures?: object[], trials?: object[], instead?: string } | null>}
 */
export async function figuresApart(explorer, plan) {
  if (plan.state.tab === 'curve') return curves(explorer, plan);
  if (plan.state.tab === 'body') return bodies(explorer, plan);
  return causes(explorer, plan);
}
