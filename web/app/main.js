/** The explorer: a page whose every dial runs the model. */

import { armsOf, BETWEEN, isFrozen, labelOf, referenceOf, showChips } from './arms.js';
import { FIRST_LESSON, readCatalogue } from './catalogue.js';
import { figuresApart } from './apart.js';
import { Dials } from './dials.js';
import { byId, make } from './dom.js';
import { startEngine } from './engine.js';
import { FigureView, showGlance, showTable, showTrials } from './figures.js';
import { wireKeeping } from './keep.js';
import { LatestQuestion } from './latest.js';
import { fragmentOf, keepState, keptState, readFragment } from './link.js';
import { Plate } from './plate.js';
import { wirePage } from './wiring.js';
import { checkedState, History, MOST_FROZEN } from './state.js';
import { TABS, Tabs } from './tabs.js';
import { fillWords, numberText, say, takeWords } from './words.js';

const ANNOUNCE_AFTER_MS = 700;
const KEEP_EVERY_MS = 250;
/** The food that a reader is asked to try. */
const FIRST_FOOD = 'natto';
/** Figures that stand in their own question. */
const ASKED_APART = ['curve', 'why', 'balance'];

const BODY_BESIDE = matchMedia('(min-width: 60rem)');
/** Narrower places have the drawings that are laid out for phones [px]. */
const NARROW_BELOW = 660;

const sizeFor = (id) => (byId(id).clientWidth < NARROW_BELOW ? 'narrow' : 'wide');

/** Says to tests whether everything that was turned is answered. */
const setIdle = (idle) => { document.documentElement.dataset.idle = String(idle); };

class Explorer {
  constructor(engine, told) {
    this.engine = engine;
    this.know = readCatalogue(told);
    this.armsOfLesson = new Map(); // arms of each lesson, as the engine tells them
    this.lessonWords = new Map(); // question and words of each lesson
    this.values = {};
    this.foods = {};
    this.before = {}; // values of dials that are not turned, of the arm in hand
    this.colors = new Map();
    this.timers = {};
    this.keptAt = -Infinity;
    this.latest = new LatestQuestion((plan) => this.answer(plan), (busy) => this.showProgress(busy));
  }

  /** Begins with the state of the link, else with the one kept on this device, else with the first lesson. */
  async begin() {
    const linked = readFragment(location.hash);
    const state = this.checked(linked.value);
    if (linked.wrong || linked.value !== undefined && !state) this.trouble(say(linked.wrong ?? 'link_unreadable'));
    this.history = new History(state ?? this.checked(keptState()) ?? await this.first(), () => this.changed());
    this.build();
    await this.lessonArms(this.history.state);
    this.changed();
  }

  checked(value) {
    const tabs = TABS, sets = ['file', ...this.know.sets, ...(this.know.sets.length > 1 ? ['both'] : [])];
    return value === undefined ? null : checkedState(value, { lessons: this.know.lessons, dials: this.know.dials, tabs, sets });
  }

  /** The state in which the page opens: one arm, frozen, to compare with. */
  async first() {
    const lesson = this.know.lessons.has(FIRST_LESSON.lesson) ? FIRST_LESSON.lesson : [...this.know.lessons.keys()][0];
    const fresh = { lesson, own: null, arm: '', settings: {}, frozen: [], set: 'file', tab: TABS[0], dial: 'mk7_supplement', shown: [] };
    const arms = await this.lessonArms(fresh);
    const arm = arms.find((one) => one.name === FIRST_LESSON.arm) ?? arms[0];
    return { ...fresh, arm: arm.name, frozen: [{ label: arm.label, arm: arm.name, settings: {} }] };
  }

  text(state) { return state.own && state.own.name === state.lesson ? state.own.text : this.know.lessons.get(state.lesson)?.text ?? ''; }

  /** Name and words of the arms of a lesson; empty, with the problems told, if the lesson cannot be read. */
  async lessonArms(state) {
    const known = this.armsOfLesson.get(this.text(state));
    if (known) return known;
    const told = await this.ask({ do: 'person', scenario: this.text(state), settings: [] });
    if (!told) return [];
    this.armsOfLesson.set(this.text(state), told.arms);
    this.lessonWords.set(this.text(state), { question: told.question, lesson: told.lesson });
    return told.arms;
  }

  build() {
    fillWords();
    byId('foot').textContent = this.know.foot;
    const turn = (dial, value) => this.turn(dial, value);
    this.dials = new Dials(byId('dials'), this.know.dials, { turn, reset: (dial) => this.resetDial(dial), hold: (dial) => this.hold(dial) });
    this.plate = new Plate(byId('plate'), this.know.foods, turn, this.know.dialOfFood);
    this.tabs = new Tabs(byId('tabs'), (tab) => this.history.look({ tab }));
    this.views = [new FigureView(byId('figures'), 'figure-0')];
    this.beside = new FigureView(byId('beside'), 'figure-body');
    wirePage(this);
    wireKeeping((request) => this.ask(request), () => this.keepable());
  }

  keepable() {
    const { lesson, tab } = this.history.state;
    return { arms: this.arms(), figure: ASKED_APART.includes(tab) ? TABS[0] : tab, name: `${lesson}_explored` };
  }

  /** Asks the engine; problems are told, then the answer is null. */
  async ask(request) {
    const answer = await this.engine.ask(request);
    if (answer.bytes) document.documentElement.dataset.engineBytes = String(answer.bytes);
    if (answer.ok) return answer.ok;
    const box = byId('problem');
    const told = (answer.problems ?? []).map(({ message, help }) => make('p', { text: [message, help].filter(Boolean).join('. ') }));
    box.replaceChildren(make('p', { text: say(answer.restarted ? 'restarted' : 'refused_by_engine') }), ...told);
    box.hidden = false;
    return null;
  }

  trouble(text) {
    const close = make('button', { type: 'button', text: say('close'), click: () => { byId('trouble').hidden = true; } });
    byId('trouble').replaceChildren(make('p', { text }), close);
    byId('trouble').hidden = false;
  }

  turn(dial, value) {
    const settings = { ...this.history.state.settings, [dial]: value };
    // What is as it was is not turned.
    if (this.before[dial] === value) delete settings[dial];
    const food = this.know.dials.get(dial)?.food;
    if (food && !value) {
      delete settings[dial];
      if (this.foods[food === true ? dial : food] > 0) settings[dial] = 0;
    }
    this.history.change({ settings, dial }, dial);
  }

  resetDial(dial) {
    const { [dial]: _, ...settings } = this.history.state.settings;
    this.history.change({ settings });
  }

  /** The dial in hand: its dose-response is drawn. */
  hold(dial) {
    const { state } = this.history;
    if (state.dial === dial) return;
    if (state.tab === 'curve') this.history.look({ dial }); else this.history.state = { ...state, dial };
  }

  async chooseLesson(lesson, own = this.history.state.own) {
    const fresh = { ...this.history.state, lesson, own };
    setIdle(false);
    const arms = await this.lessonArms(fresh);
    if (!arms.length) {
      byId('lesson').value = this.history.state.lesson;
      setIdle(true);
      return;
    }
    const frozen = arms.slice(0, MOST_FROZEN).map(({ name, label }) => ({ label, arm: name, settings: {} }));
    this.history.change({ lesson, own, arm: arms[0].name, settings: {}, frozen });
  }

  freeze() {
    const { state } = this.history;
    this.history.change({ frozen: [...state.frozen, { label: this.label(), arm: state.arm, settings: state.settings }] });
  }

  drop(index) { this.history.change({ frozen: this.history.state.frozen.filter((_, at) => at !== index) }); }

  take(index) {
    const { arm, settings } = this.history.state.frozen[index];
    this.history.change({ arm, settings });
  }

  /** Words for the arm that is turned. */
  label() {
    const { state } = this.history;
    const own = this.armsOfLesson.get(this.text(state))?.find((one) => one.name === state.arm);
    return [own?.label ?? state.arm, labelOf(state.settings, {}, this.know.dials)].filter(Boolean).join(' + ').slice(0, 60);
  }

  arms() { return armsOf(this.history.state, this.text(this.history.state), this.know.sets, this.label()); }

  /** Everything that follows from a change. */
  changed() {
    const { state } = this.history;
    byId('undo').disabled = !this.history.past.length;
    byId('redo').disabled = !this.history.future.length;
    this.tabs.show(state.tab);
    this.showControls();
    this.showArms();
    this.keepSoon();
    setIdle(false);
    this.latest.ask(this.plan());
  }

  showControls() {
    const { state } = this.history;
    this.dials.show(this.values, state.settings, state.shown);
    this.plate.show((dial) => Number(state.settings[dial] ?? this.foods[dial.replace(/^foods\./, '')] ?? 0));
    this.showPreset?.();
  }

  showArms() {
    showChips(byId('arms'), this.history.state, this.label(), (label) => this.colors.get(label), {
      freeze: () => this.freeze(), drop: (index) => this.drop(index), take: (index) => this.take(index),
    });
  }

  /** What is to be asked for the state as it is now. */
  plan() {
    const { state } = this.history;
    const beside = BODY_BESIDE.matches && state.tab !== 'body' && state.tab !== 'balance';
    byId('figure-row').classList.toggle('paired', beside);
    const size = sizeFor('view');
    const figures = ASKED_APART.includes(state.tab) ? [] : [state.tab];
    const arms = this.arms(), moving = arms[arms.length - 1];
    // What foods bring is no dial's own value.
    const person = { do: 'person', scenario: moving.scenario, arm: state.arm, settings: moving.settings.filter(([dial]) => !this.know.dials.get(dial).food) };
    const what = labelOf(state.settings, referenceOf(state)?.settings ?? {}, this.know.dials);
    return { state, arms, moving, size, person, run: { do: 'run', arms, figures, size, what }, beside: beside ? { do: 'run', arms: arms.slice(-2), figures: ['body'], size: sizeFor('beside') } : null };
  }

  /** Answers a plan; what stands in view comes first, the rest only if nothing newer waits. */
  async answer(plan) {
    byId('problem').hidden = true;
    const run = await this.ask(plan.run);
    if (!run) return null;
    this.showRun(run, plan);
    await this.showChange(plan, run);
    const newer = () => this.latest.waiting !== null;
    if (!newer()) await this.showApart(plan);
    if (!newer() && plan.beside) {
      const told = await this.ask(plan.beside);
      if (told?.figures.body) this.beside.show(told.figures.body);
    }
    if (!plan.beside) this.beside.hide();
    if (!newer()) {
      const person = await this.ask(plan.person);
      if (person) this.showPerson(person, plan);
    }
    return run;
  }

  showRun(run, plan) {
    // Under both sets an arm has the color of the first.
    this.colors = new Map([...run.arms].reverse().map(({ label, letters, color }) => [label.split(BETWEEN)[0], letters ?? color]));
    this.showArms();
    const reference = run.arms[run.arms.length - 2];
    showGlance(byId('glance'), this.know.glance, this.endsBySet(run, plan), (reference?.label ?? '').split(BETWEEN)[0]);
    const figure = run.figures[plan.state.tab];
    if (figure) this.showFigures([figure]);
    byId('figures').hidden = plan.state.tab === 'balance';
    byId('balance').hidden = plan.state.tab !== 'balance';
    byId('balance').replaceChildren(make('h2', { text: say(run.balance.holds ? 'balance_holds' : 'balance_fails') }), make('p', { text: run.balance.text }));
    byId('fingerprint').textContent = run.fingerprint;
    showTable(byId('numbers'), run.table, run.arms);
    const warnings = [...(run.warnings ?? []).map(({ message }) => message), ...(run.departures ?? [])];
    byId('warnings').replaceChildren(...warnings.map((text) => make('li', { text })));
  }

  /** Ends of the moving arm and of the one before it, under each hypothesis set of the plan. */
  endsBySet(run, plan) {
    const sets = plan.state.set === 'both' ? this.know.sets : [''];
    return sets.map((set) => {
      const own = plan.arms.filter((one) => !set || one.hypothesis === set).map(({ name }) => run.values[name]);
      return { set, now: own[own.length - 1], before: own[own.length - 2] };
    });
  }

  showFigures(figures) {
    figures.forEach((figure, index) => {
      this.views[index] ??= new FigureView(byId('figures'), `figure-${index}`);
      this.views[index].show(figure);
    });
    this.views.slice(figures.length).forEach((view) => view.hide());
  }

  /** Says what the last step changed, under each hypothesis set of the plan. */
  async showChange(plan, run) {
    const sentences = [];
    if (plan.state.set === 'both') {
      for (const set of this.know.sets) {
        const arms = plan.arms.filter((one) => one.hypothesis === set);
        const told = arms.length > 1 && await this.ask({ ...plan.run, arms, figures: [] });
        if (told?.change) sentences.push(`${set}: ${told.change}`);
      }
    } else if (run.change) sentences.push(run.change);
    this.nothingChanged = !sentences.length;
    if (sentences.length) byId('change').replaceChildren(...sentences.map((text) => make('span', { text })));
    this.showHint();
    this.later('announce', ANNOUNCE_AFTER_MS, () => { byId('announced').textContent = sentences.join('. '); });
  }

  /** What is shown at the beginning, and what to try first. */
  showHint() {
    const { state } = this.history, { values } = this, food = this.know.foods.find((one) => one.food === FIRST_FOOD);
    const first = this.nothingChanged && food && !(this.foods[food.food] > 0);
    byId('try').hidden = !first;
    if (!this.nothingChanged) return;
    if (food) byId('try').textContent = say('try_food', { food: food.label, grams: food.serving_g });
    const pills = [...this.know.dials.values()].filter((one) => one.group === 'take' && one.dial.endsWith('_supplement'));
    const takes = pills.filter(({ dial }) => values[dial] > 0).map(({ dial, label, unit }) => `${label} ${numberText(values[dial])} ${unit}`);
    const told = values.sex ? say('begins', { arm: this.label(), sex: values.sex, age: numberText(values.age), takes: takes.join(', ') || say('takes_nothing') }) : '';
    byId('change').replaceChildren(...[told, say('hint')].filter(Boolean).map((text) => make('span', { text })));
  }

  /** Adds the first food to the plate. */
  tryFood() {
    const food = this.know.foods.find((one) => one.food === FIRST_FOOD);
    if (food) this.turn(this.know.dialOfFood(food.food), food.serving_g);
  }

  /** Figures with their own question, and the trials among them as a table. */
  async showApart(plan) {
    if (!['curve', 'why'].includes(plan.state.tab)) return;
    const told = await figuresApart(this, plan);
    if (told?.instead) {
      this.showFigures([]);
      byId('change').textContent = told.instead;
    }
    if (!told?.figures) return;
    this.showFigures(told.figures);
    if (told.trials?.length) showTrials(byId('numbers'), told.trials);
  }

  showPerson(person, plan) {
    this.values = person.dials;
    const { lesson, arm, settings } = plan.state, whose = `${lesson}/${arm}`;
    const kept = this.whose === whose ? this.before : {};
    this.before = Object.fromEntries(Object.entries({ ...kept, ...person.dials }).map(([dial, value]) => [dial, dial in settings ? kept[dial] : value]));
    this.whose = whose;
    this.foods = person.foods ?? {};
    this.showControls();
    this.showHint();
  }

  showProgress(busy) {
    byId('progress').textContent = busy ? say('working') : '';
    byId('view').setAttribute('aria-busy', String(busy));
    if (!busy && !this.latest.waiting) setIdle(true);
  }

  later(name, after, act) {
    clearTimeout(this.timers[name]);
    this.timers[name] = setTimeout(act, after);
  }

  /** At once, or soon while a slider moves: browsers allow a page few changes of its address. */
  keepSoon() {
    const since = performance.now() - this.keptAt;
    if (since > KEEP_EVERY_MS) this.keep(); else this.later('keep', KEEP_EVERY_MS - since, () => this.keep());
  }

  /** Address and device remember the state. */
  keep() {
    const { state } = this.history;
    this.keptAt = performance.now();
    const fragment = fragmentOf(state);
    byId('link').value = location.href.replace(/#.*/, '') + fragment;
    try { history.replaceState(null, '', fragment); } catch { /* the link in the field stays */ }
    if (!keepState(state)) byId('kept').textContent = say('not_kept');
  }
}

async function main() {
  takeWords(JSON.parse(byId('words').textContent));
  fillWords();
  try {
    const engine = await startEngine();
    const told = await engine.ask({ do: 'catalogue', scenarios: JSON.parse(byId('scenarios').textContent) });
    if (!told.ok) throw new Error('broken');
    takeWords(told.ok.words ?? {});
    byId('loading').hidden = true;
    byId('page').hidden = false;
    await new Explorer(engine, told.ok).begin();
  } catch (error) {
    byId('loading').hidden = true;
    byId('page').hidden = true;
    byId('trouble').textContent = say(error.message === 'unsupported' ? 'no_webassembly' : 'page_broken');
    byId('trouble').hidden = false;
    if (!['unsupported', 'broken'].includes(error.message)) throw error;
  }
}

main();
