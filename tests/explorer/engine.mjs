// The engine of the explorer in a browser: every value and the fingerprint of the command line, speed, hostile texts.
//
//   node tests/explorer/engine.mjs EXPLORER.html PROGRAM            checks
//   node tests/explorer/engine.mjs --speed EXPLORER.html PROGRAM    measures, too; --slow: on a processor four times slower
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, fail, launch, open, wrong } from './browser.mjs';

const args = process.argv.slice(2);
const speed = args[0] === '--speed' && args.shift();
const slow = args[0] === '--slow' && args.shift();
const [path, program] = args;
if (!program) throw new Error('name the page and the program');

/** Lessons with what is turned in every arm; meals and pills among them. */
const LESSONS = {
  calcium_paradox: [], two_hypotheses: [['age', 57]], one_day: [], k1_against_k2: [], mk4_against_mk7: [['mk4_supplement', 90]],
  natto_and_cheese: [['natto', 33], ['calcium_diet', 640]], warfarin: [['mk7_supplement', 45]],
  menopause: [['menopause_age', 47], ['habitual.calcium_diet', 1100]], kidney_disease: [['egfr', 42]],
  vitamin_d_gatekeeper: [['sex', 'male'], ['vitamin_d_supplement', 20], ['duration', 3000]],
};
const MOST_ARMS = 8;
/** Bars of the explorer [ms], and on a processor four times slower. */
const BARS = { 'moved arm, its chart': [33, 66], 'curve of 21 points': [150, 600], 'causes': [1000, 4000], 'first result': [1000, 3000] };

const source = readFileSync(new URL('../../web/app/engine.js', import.meta.url), 'utf8').replace('export async function', 'async function');
const folder = mkdtempSync(join(tmpdir(), 'explorer-'));

/** Starts an engine of our own beside the page's, from the bytes in the page. */
const start = (page) => page.evaluate(`(async () => { ${source}; window.tested = await startEngine(); })()`);

const ask = (page, question) => page.evaluate((asked) => window.tested.ask(asked), question);

async function told(page, question) {
  const answer = await ask(page, question);
  if (!answer.ok) throw new Error(`${JSON.stringify(question).slice(0, 300)}: ${JSON.stringify(answer).slice(0, 600)}`);
  return answer.ok;
}

const cells = (line) => line.split(',');

/** What the program says of a scenario: fingerprint, and the last value of every quantity of every arm. */
function run(name, toml) {
  const file = join(folder, `${name}.toml`);
  writeFileSync(file, toml);
  const out = execFileSync(program, ['run', file, '-o', folder, '--no-figures', '--json'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const [heading, ...rows] = readFileSync(join(folder, name, 'summary.csv'), 'utf8').trim().split('\n').map(cells);
  const values = {};
  for (const [at, column] of heading.entries()) {
    if (column.endsWith('_end')) values[column.slice(0, -4)] = Object.fromEntries(rows.map((row) => [row[0], Number(row[at])]));
  }
  // The summary has no flows; the last rows of their tables have.
  for (const [arm, known] of Object.entries(values)) {
    const lines = readFileSync(join(folder, name, arm, 'flows.csv'), 'utf8').trim().split('\n');
    const last = cells(lines.at(-1));
    for (const [at, flow] of cells(lines[0]).entries()) if (at > 0) known[flow] = Number(last[at]);
  }
  return { fingerprint: JSON.parse(out).scenarios[0].fingerprint, values };
}

/** Ten scenarios: the browser, its own file in the program, and, where nothing is turned, the lesson itself. */
async function sameNumbers(page, lessons) {
  let compared = 0;
  for (const [name, settings] of Object.entries(LESSONS)) {
    const { text } = lessons.find((one) => one.name === name);
    const { arms: known } = await told(page, { do: 'person', scenario: text });
    const arms = known.slice(0, MOST_ARMS).map((arm) => ({ name: arm.name, label: arm.label, scenario: text, arm: arm.name, settings }));
    const here = await told(page, { do: 'run', arms });
    check(here.balance.holds, `${name}: calcium is lost`);
    const { toml } = await told(page, { do: 'scenario', arms });
    const texts = settings.length === 0 && known.length <= MOST_ARMS ? [toml, text] : [toml];
    for (const [at, written] of texts.entries()) {
      const there = run(`${name}_${at}`, written);
      check(here.fingerprint === there.fingerprint, `${name}: fingerprint ${here.fingerprint} here, ${there.fingerprint} there`);
      for (const arm of arms) {
        for (const [quantity, value] of Object.entries(here.values[arm.name])) {
          const other = there.values[arm.name]?.[quantity];
          compared += 1;
          if (!Object.is(value, other)) fail(`${name}, ${arm.name}, ${quantity}: ${value} here, ${other} there`);
        }
      }
    }
  }
  check(compared > 2000, `only ${compared} values were compared`);
  return compared;
}

/** Nonsense is refused in words; a failure of the engine is told, and the next question is answered. */
async function hostile(page, text) {
  const arm = (change) => ({ name: 'a', label: 'a', scenario: text, arm: '', settings: [], ...change });
  const script = '"><img src=x onerror=alert(1)><script>alert(1)</script>';
  const titled = text.replace(/^title = .*$/m, `title = ${JSON.stringify(script)}`);
  const drawn = await told(page, { do: 'run', arms: [arm({ scenario: titled, label: script })], figures: ['paradox', 'timeline'], size: 'wide' });
  for (const { svg } of Object.values(drawn.figures)) check(!/<(script|img)/i.test(svg), 'a title became markup');
  const refused = [
    { do: 'dance' }, { do: 'run', arms: [] }, { do: 'run', arms: [arm({ scenario: 'x'.repeat(100_000) })] },
    { do: 'run', arms: [arm({ settings: [['duration', 3_652_500]] })] }, { do: 'run', arms: [arm({ settings: [['mk7_supplement', 1e6]] })] },
    { do: 'run', arms: [arm({ settings: [['age', 'NaN']] })] }, { do: 'run', arms: [arm({ scenario: `${text}\u0000` })] },
    { do: 'run', arms: [arm({ settings: [['__proto__', 1]] })] }, { do: 'curve', ...arm(), dial: 'mk7_supplement', values: Array(10_000).fill(1) },
    { do: 'curve', ...arm(), dial: script }, { do: 'why', arms: [arm()] }, { do: 'run', arms: [arm()], figures: [script], form: 'png' },
    { do: 'scenario', arms: [arm(), arm({ name: 'b', settings: [['duration', 20]] })] },
  ];
  for (const question of refused) {
    const { problems, restarted } = await ask(page, question);
    check(problems?.[0]?.text.length > 10 && !restarted, `not refused: ${JSON.stringify(question).slice(0, 200)}`);
  }
  const flood = await page.evaluate((scenario) => Promise.all([...Array(30).keys()].map((age) =>
    window.tested.ask({ do: 'run', channel: 'run', arms: [{ scenario, settings: [['age', 40 + age]] }] }))), text);
  check(flood.at(-1).ok && flood.filter((answer) => answer.dropped).length > 20, 'older questions are not dropped');
}

/** Milliseconds between question and answer in the page, the middle of some. */
function times(page, question, count) {
  return page.evaluate(async ([question, count]) => {
    const found = [];
    for (let turn = 0; turn < count; turn += 1) {
      const asked = JSON.parse(JSON.stringify(question).replaceAll('"TURN"', String(20 + turn)));
      const begun = performance.now();
      const answer = await window.tested.ask(asked);
      found.push(performance.now() - begun);
      if (!answer.ok) throw new Error(JSON.stringify(answer).slice(0, 300));
    }
    return found.sort((a, b) => a - b)[count >> 1];
  }, [question, count]);
}

async function measured(page, text, begun) {
  const arm = (name, settings) => ({ name, label: name, scenario: text, arm: 'calcium_d', settings });
  const moved = [arm('a', []), arm('b', [['mk7_supplement', 'TURN']])];
  const found = { 'first result': begun };
  for (const kind of ['paradox', 'body', 'timeline', 'fate', 'calcium']) {
    found[`moved arm, its chart (${kind})`] = await times(page, { do: 'run', arms: moved, figures: [kind], size: 'wide' }, 41);
  }
  found['curve of 21 points'] = await times(page, { do: 'curve', ...arm('b', [['mk7_supplement', 'TURN']]), dial: 'mk7_supplement', points: 21 }, 15);
  found['causes'] = await times(page, { do: 'why', arms: moved }, 5);
  for (const [what, ms] of Object.entries(found)) {
    const bar = BARS[what.replace(/ \(.*/, '')][slow ? 1 : 0];
    console.log(`${what}: ${ms.toFixed(0)} ms (bar ${bar} ms${ms > bar ? ', MISSED' : ''})`);
  }
}

const browser = await launch();
try {
  const page = await open(browser, path, { waits: false });
  if (slow) await (await page.context().newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const begun = Date.now();
  await start(page);
  const { lessons } = await told(page, { do: 'catalogue' });
  const text = (name) => lessons.find((one) => one.name === name).text;
  await told(page, { do: 'run', arms: [{ scenario: text('calcium_paradox') }], figures: ['paradox'], size: 'wide' });
  const first = Date.now() - begun;
  if (speed) await measured(page, text('calcium_paradox'), first);
  const compared = await sameNumbers(page, lessons);
  await hostile(page, text('calcium_paradox'));
  console.log(`engine: ${compared} values of ${Object.keys(LESSONS).length} scenarios compared`);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
for (const line of wrong.slice(0, 40)) console.error(line);
if (wrong.length > 40) console.error(`and ${wrong.length - 40} more`);
process.exit(wrong.length ? 1 : 0);
