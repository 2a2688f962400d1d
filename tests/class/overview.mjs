// The overview of the class says what the students saved, and judges as their pages did.
//
//   node tests/class/overview.mjs FOLDER ANSWERS
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const [folder, answers] = process.argv.slice(2);
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const wrong = [];
const same = (what, own, wanted) => {
  if (JSON.stringify(own) !== JSON.stringify(wanted)) wrong.push(`${what}: ${JSON.stringify(own)}, not ${JSON.stringify(wanted)}`);
};
const saved = readdirSync(answers).filter((name) => name !== 'one_point.json').map((name) => read(join(answers, name)));
const { steps, students, format } = read(join(folder, 'paradox.overview.json'));
const by = Object.fromEntries(steps.map((step) => [step.name, step]));
const [ada, bob] = ['Ada', 'Bob <b>'].map((name) => saved.find((one) => one.name === name).answers);
same('format', format, 'calcifate class overview');
same('students', students, 2);
same('curves', by.score.curves, [ada.score.curve, bob.score.curve]);
same('right curves', by.score.right, 1); // Bob ends near the model, Ada far above it.
same('removal resists', [by.with_k2.right, by.with_k2.resists], [0, true]);
same('choices', by.blood.choices, [1, 0, 1]);
same('right choices', [by.blood.right, by.scale.right, by.hip.right], [1, 1, 1]);
same('orders', by.hip.orders.map(({ count }) => count), [1, 1]);
const table = readFileSync(join(folder, 'paradox.overview.csv'), 'utf8').trim().split('\n');
same('rows', table.length, 1 + 2 * 5);
same('keyboard', read(join(folder, 'plaque.overview.json')).steps[0].answered, 1);
same('names of strangers', readFileSync(join(folder, 'hostile.overview.html'), 'utf8').includes('<script>alert'), false);
if (wrong.length) {
  console.error(wrong.join('\n'));
  process.exit(1);
}
console.log('the overview says what the students saved');
