/** The explorer: a page whose every dial runs the model. */

import { armsOf, BETWEEN, labelOfArm, leftOut, referenceOf, showChips } from './arms.js';
import { asksApart, bodies, figuresApart } from './apart.js';
import { beginning } from './begin.js';
import { readCatalogue } from './catalogue.js';
import { showChange, showHint, turned } from './change.js';
import { Dials } from './dials.js';
import { byId, make } from './dom.js';
import { startEngine } from './engine.js';
import { FigureView, showGlance, showTable, showTrials } from './figures.js';
import { wireKeeping } from './keep.js';
import { LatestQuestion } from './latest.js';
import { fragmentOf, keepState } from './link.js';
import { Plate } from './plate.js';
import { wirePage } from './wiring.js';
import { checkedState, History, MOST_FROZEN } from './state.js';
import { TABS, Tabs } from './tabs.js';
import { fillWords, say, takeWords } from './words.js';

const KEEP_EVERY_MS = 250;

const BODY_BESIDE = matchMedia('(min-width: 60rem)');
/** Narrower places have the drawings that are laid out for phones [px]. */
const NARROW_BELOW = 660;

const sizeFor = (id) => (byId(id).clientWidth < NARROW_BELOW ? 'narrow' : 'wide');

/** Says to tests whether everything that was turned is answered. */
const setIdle = (idle) => { document.documentElement.dataset.idle = String(idle); };

const problemWords = ({ message, help }) => make('p', { text: [message, help].filter(Boolean).join('. ') });

class Explorer {
  constructor(engine, told) {
    this.engine = engine;
    this.know = readCatalogue(told);
    this.armsOfLesson = new Map(); // arms of each lesson, as the engine tells them
    this.lessonWords = new Map(); // question and words of each lesson
    this.values = {};
    this.foods = {};
    this.before = {}; // values of dials that are not turned, of the arm in hand
    this.colors = new Map(); // of arms by their words
    this.looks = new Map(); // of arms by their names
    this.good = null; // the last state that was answered
    this.timers = {};
    this.keptAt = -Infinity;
    this.latest = new LatestQuestion((plan) => this.answer(plan), (busy) => this.showProgress(busy));
  }

  async begin() {
    this.history = new History(await beginning(this), () => this.changed());
    this.build();
    this.changed();
  }

  checked(value) {
    const tabs = TABS, sets = ['file', ...this.know.sets, ...(this.know.sets.length > 1 ? ['both'] : [])];
    return value === undefined ? null : checkedState(value, { lessons: this.know.lessons, dials: this.know.dials, tabs, sets });
  }

  text(state) { return state.own && state.own.name === state.lesson ? state.own.text : this.know.lessons.get(state.lesson)?.text ?? ''; }

  /** Name and words of the arms of a lesson; empty, with the problems told, if the lesson cannot be read. */
  async lessonArms(state, refused = undefined) {
    const known = this.armsOfLesson.get(this.text(state));
    if (known) return known;
    const told = await this.ask({ do: 'person', scenario: this.text(state), settings: [] }, refused);
    if (!told) return [];
    this.armsOfLesson.set(this.text(state), told.arms);
    this.lessonWords.set(this.text(state), { question: told.question, lesson: told.lesson, compare: told.compare });
    return told.arms;
  }

  build() {
    fillWords();
    byId('foot').textContent = this.know.foot;
    byId('top').dataset.foot = this.know.foot;
    const turn = (dial, value) => this.turn(dial, value);
    this.dials = new Dials(byId('dials'), this.know.dials, { turn, reset: (dial) => this.resetDial(dial), hold: (dial) => this.hold(dial) });
    this.plate = new Plate(byId('plate'), this.know.foods, turn, this.know.dialOfFood);
    this.tabs = new Tabs(byId('tabs'), (tab) => this.history.look({ tab }));
    this.views = [new FigureView(byId('figures'), 'figure-0')];
    this.beside = [new FigureView(byId('beside'), 'figure-body')];
    wirePage(this);
    const now = () => ({ arms: this.arms(), name: `${this.history.state.lesson}_explored` });
    wireKeeping((request) => this.ask(request), now, (form) => this.inForm(form));
  }

  /** The figures in view as files; null if the engine refused. */
  async inForm(form) {
    const plan = { ...this.plan(), form }, { tab } = plan.state;
    if (asksApart(plan.state)) {
      const told = await figuresApart(this, plan);
      return told && (told.figures ?? []).map(({ file }, at) => ({ name: at ? `${tab}_${at + 1}` : tab, file }));
    }
    const run = await this.ask({ ...plan.run, form });
    return run && Object.entries(run.figures).map(([name, { file }]) => ({ name, file }));
  }

  /** Asks the engine; problems are told, then the answer is null. @param {object} request @param {(answer: any) => void} [refused] tells them */
  async ask(request, refused = (answer) => this.tellProblems(answer)) {
    const answer = await this.engine.ask(request);
    if (answer.bytes) document.documentElement.dataset.engineBytes = String(answer.bytes);
    if (answer.ok) return answer.ok;
    refused(answer);
    return null;
  }

  tellProblems({ problems = [], restarted }) {
    byId('problem').replaceChildren(make('p', { text: say(restarted ? 'restarted' : 'refused_by_engine') }), ...problems.map(problemWords));
    byId('problem').hidden = false;
  }

  trouble(text, problems = []) {
    const close = make('button', { type: 'button', text: say('close'), click: () => { byId('trouble').hidden = true; } });
    byId('trouble').replaceChildren(make('p', { text }), ...problems.map(problemWords), close);
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
    this.chosen = lesson;
    const arms = await this.lessonArms(fresh);
    if (this.chosen !== lesson) return; // another one was chosen since
    if (!arms.length) {
      byId('lesson').value = this.history.state.lesson;
      setIdle(true);
      return;
    }
    // The two that the lesson compares come last, the second of them in hand.
    const pair = this.lessonWords.get(this.text(fresh)).compare ?? arms.slice(-2).map(({ name }) => name);
    const others = arms.filter(({ name }) => !pair.includes(name)).slice(0, MOST_FROZEN - pair.length);
    const compared = [...others, ...pair.map((name) => arms.find((one) => one.name === name))];
    const frozen = compared.map(({ name, label }) => ({ label, arm: name, settings: {} }));
    this.history.change({ lesson, own, arm: pair[pair.length - 1], settings: {}, frozen });
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
  label(state = this.history.state) {
    const own = this.armsOfLesson.get(this.text(state))?.find((one) => one.name === state.arm);
    return labelOfArm(own?.label ?? state.arm, state.settings, this.know.dials);
  }

  arms(state = this.history.state) { return armsOf(state, this.text(state), this.know.sets, this.label(state)); }

  /** Everything that follows from a change. */
  changed() {
    const { state } = this.history;
    byId('undo').disabled = !this.history.past.length;
    byId('redo').disabled = !this.history.future.length;
    this.tabs.show(state.tab);
    this.showControls();
    this.showArms();
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
    const form = sizeFor('view');
    const figures = asksApart(state) || state.tab === 'balance' ? [] : [state.tab];
    const arms = this.arms(), moving = arms[arms.length - 1];
    // What foods bring is no dial's own value.
    const person = { do: 'person', scenario: moving.scenario, arm: state.arm, settings: moving.settings.filter(([dial]) => !this.know.dials.get(dial).food) };
    const what = turned(this, referenceOf(state)?.settings ?? {});
    return { state, arms, moving, form, person, run: { do: 'run', arms, figures, form, what }, beside: beside ? sizeFor('beside') : null };
  }

  /** Answers a plan; what stands in view comes first, the rest only if nothing newer waits. */
  async answer(plan) {
    byId('problem').hidden = true;
    const run = await this.ask(plan.run);
    if (!run) return null;
    this.showRun(run, plan);
    const newer = () => this.latest.waiting !== null;
    await showChange(this, plan, run, newer);
    if (!newer()) await this.showApart(plan);
    if (!newer() && plan.beside) {
      const told = await bodies(this, { ...plan, form: plan.beside });
      if (told) this.showFigures(told.figures, this.beside, 'beside');
    }
    if (!plan.beside) this.showFigures([], this.beside, 'beside');
    if (!newer()) {
      const person = await this.ask(plan.person);
      if (person) this.showPerson(person, plan);
    }
    this.good = plan.state;
    this.keepSoon();
    return run;
  }

  showRun(run, plan) {
    // Under both sets an arm has the color of the first.
    this.colors = new Map([...run.arms].reverse().map(({ label, letters, color }) => [label.split(BETWEEN)[0], letters ?? color]));
    this.looks = new Map(run.arms.map(({ name, look }) => [name, look]));
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
    const left = leftOut(plan.state, this.armsOfLesson.get(this.text(plan.state)) ?? []);
    const warnings = [...left, ...(run.warnings ?? []).map(({ message }) => message), ...(run.departures ?? [])];
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

  showFigures(figures, views = this.views, place = 'figures') {
    figures.forEach((figure, index) => {
      views[index] ??= new FigureView(byId(place), `${place === 'figures' ? 'figure' : place}-${index}`);
      views[index].show(figure);
    });
    views.slice(figures.length).forEach((view) => view.hide());
  }

  /** Figures with their own question, and the trials among them as a table. */
  async showApart(plan) {
    if (!asksApart(plan.state)) return;
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
    showHint(this);
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

  /** Address and device remember the last state that was answered: one that is refused would be so again. */
  keep() {
    const state = this.good;
    if (!state) return;
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
