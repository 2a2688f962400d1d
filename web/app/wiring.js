/** Controls of the page that are no dials: preset, arm, hypothesis set, dial by name, undo, files. */

import { byId, make } from './dom.js';
import { firstState, linkedState } from './begin.js';
import { tryFood } from './change.js';
import { say } from './words.js';

const LARGEST_FILE = 40_000;

/** @param {any} explorer */
export function wirePage(explorer) {
  wireSteps(explorer);
  wirePreset(explorer);
  wireSets(explorer);
  wireDialByName(explorer);
  wireFile(explorer);
  addEventListener('hashchange', async () => {
    const state = await linkedState(explorer);
    if (state) explorer.history.change(state);
  });
  wireGlance();
  addEventListener('pagehide', () => explorer.keep());
  let width = innerWidth;
  addEventListener('resize', () => {
    if (innerWidth === width) return;
    width = innerWidth;
    explorer.later('resize', 200, () => explorer.history.look({}));
  });
}

/** The part of a window that the large numbers may cover. */
const MOST_COVERED = 1 / 3;

/** The large numbers stay in sight where they leave room for the rest; what has the focus is not behind them. */
function wireGlance() {
  const glance = byId('glance');
  const measure = () => {
    const height = glance.offsetHeight, sticks = height < innerHeight * MOST_COVERED;
    glance.classList.toggle('sticks', sticks);
    document.documentElement.style.setProperty('--covered', `${sticks ? height : 0}px`);
  };
  new ResizeObserver(measure).observe(glance);
  addEventListener('resize', measure);
}

function wireSteps(explorer) {
  const { history } = explorer;
  byId('undo').addEventListener('click', () => history.undo());
  byId('redo').addEventListener('click', () => history.redo());
  byId('try').addEventListener('click', () => tryFood(explorer));
  byId('reset').addEventListener('click', async () => {
    const { tab } = history.state;
    history.change({ ...await firstState(explorer), tab });
  });
  document.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    const writes = event.target instanceof HTMLInputElement && event.target.type === 'text';
    if (writes || !['z', 'y'].includes(key)) return;
    event.preventDefault();
    if (key === 'y' || event.shiftKey) history.redo(); else history.undo();
  });
}

function wirePreset(explorer) {
  const lesson = byId('lesson'), arm = byId('arm');
  const lessons = () => {
    const { own } = explorer.history.state;
    return [...(own ? [{ name: own.name, title: own.name }] : []), ...explorer.know.lessons.values()];
  };
  lesson.addEventListener('change', () => explorer.chooseLesson(lesson.value));
  arm.addEventListener('change', () => explorer.history.change({ arm: arm.value }));
  let listed = '';
  explorer.showPreset = () => {
    const { state } = explorer.history;
    const key = lessons().map(({ name }) => name).join('|');
    if (key !== listed) lesson.replaceChildren(...lessons().map(({ name, title }) => make('option', { value: name, text: title })));
    listed = key;
    lesson.value = state.lesson;
    const told = explorer.lessonWords.get(explorer.text(state));
    byId('question').textContent = told?.question || say('about_lesson');
    byId('lesson-words').replaceChildren(...(told?.lesson ?? '').split(/\n\s*\n/).map((text) => make('p', { text })));
    byId('about-lesson').hidden = !told?.lesson;
    const arms = explorer.armsOfLesson.get(explorer.text(state)) ?? [];
    arm.replaceChildren(...arms.map(({ name, label }) => make('option', { value: name, text: label })));
    arm.value = state.arm;
    byId('set').value = state.set;
  };
}

function wireSets(explorer) {
  const { sets } = explorer.know, choice = byId('set');
  const words = (set) => (sets.includes(set) ? set : say(`set_${set}`));
  choice.append(...['file', ...sets, ...(sets.length > 1 ? ['both'] : [])].map((set) => make('option', { value: set, text: words(set) })));
  choice.addEventListener('change', () => explorer.history.change({ set: choice.value }));
}

/** Any dial can be put on the page by its name. */
function wireDialByName(explorer) {
  const field = byId('dial-name');
  const dials = [...explorer.know.dials.values()].filter((one) => !one.food && one.dial !== 'hypothesis' && (one.words.length || one.usual !== null || one.low !== null));
  byId('all-dials').append(...dials.map(({ dial, label }) => make('option', { value: dial, text: label })));
  const put = () => {
    const name = field.value.trim();
    const found = dials.find((one) => one.dial === name) ?? dials.find((one) => [one.label, ...one.aliases].some((word) => word.toLowerCase() === name.toLowerCase()));
    byId('dial-name-remark').textContent = found || !name ? '' : say('no_dial', { name });
    if (!found) return;
    const { shown } = explorer.history.state;
    if (!shown.includes(found.dial)) explorer.history.change({ shown: [...shown, found.dial], dial: found.dial });
    field.value = '';
    const own = document.getElementById(`dial-${found.dial.replace(/[^a-z0-9]+/gi, '-')}`);
    own?.focus();
    own?.scrollIntoView({ block: 'nearest' });
  };
  field.addEventListener('change', put);
  field.addEventListener('keydown', (event) => { if (event.key === 'Enter') put(); });
}

/** A scenario file of the reader's own. What cannot be read is told; what was there stays. */
function wireFile(explorer) {
  const open = byId('open');
  open.addEventListener('change', async () => {
    const file = open.files[0];
    open.value = '';
    if (!file) return;
    if (file.size > LARGEST_FILE) { explorer.trouble(say('file_too_large', { kilobytes: LARGEST_FILE / 1000 })); return; }
    const name = file.name.replace(/\.toml$/i, '').slice(0, 60);
    await explorer.chooseLesson(name, { name, text: await file.text() });
  });
}
