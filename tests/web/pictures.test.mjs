// The main states as pictures, compared with those that a person has looked at (tests/web/pictures). The answers are given
// here, so that the pictures do not change with the data. PICTURES=new writes them anew: look at them before you commit.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, root, test, widget, widgetPage } from './harness.mjs';

const folder = join(root, 'tests/web/pictures');
const TOLERANCE = 0.004;   // of all pixels: edges of letters
const ALLOW = { 'access-control-allow-origin': '*', 'content-type': 'application/json' };
const welcome = { lang: 'fr', keep_days: 30, longest_question: 2000, name: 'Institut des exemples', notice: 'Informations sur l’institut, aucun avis médical.', contact_url: 'https://contact.example.org/', privacy_url: null, suggestions: [{ label: 'Où est l’institut ?', question: 'a' }, { label: 'Qui le dirige ?', question: 'b' }] };
const reply = { id: 'r', answer: 'L’institut est au 12, rue des Exemples, 13009 Marseille.', blocks: [{ kind: 'paragraph', lines: [[{ text: 'L’institut est au ' }, { text: '12, rue des Exemples, 13009 Marseille', href: 'https://www.openstreetmap.org/search?query=a' }, { text: '.' }]] }], status: 'answered', lang: 'fr', sources: [{ title: 'Site de l’institut', url: 'https://www.example.org/', published: '2026-05-03', as_of: '2026-11-01' }], suggestions: [{ label: 'Qui le dirige ?', question: 'b' }], corrections: [], explanation: { plain: ['J’ai compris.'] } };
const lost = { ...reply, blocks: [], answer: 'Je ne suis pas sûr de comprendre. Vouliez-vous dire :', status: 'unsure', sources: [] };

// Machines whose letters are of another width draw other pictures.
const letters = (page) => page.evaluate(() => {
  const span = document.body.appendChild(document.createElement('span'));
  span.textContent = 'Mesure des lettres, 0123456789';
  span.style.font = '100px system-ui, sans-serif';
  span.style.position = 'absolute';
  const width = span.getBoundingClientRect().width;
  span.remove();
  return `${navigator.userAgent.match(/Chrome\/\d+/)[0]} ${width.toFixed(1)}`;
});

const difference = (page, before, after) => page.evaluate(async ([a, b]) => {
  const pixels = async (data) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
    const brush = new OffscreenCanvas(image.width, image.height).getContext('2d');
    brush.drawImage(image, 0, 0);
    return brush.getImageData(0, 0, image.width, image.height);
  };
  const [one, other] = [await pixels(a), await pixels(b)];
  if (one.width !== other.width || one.height !== other.height) return 1;
  let differing = 0;
  for (let i = 0; i < one.data.length; i += 4) {
    const far = Math.max(...[0, 1, 2].map((k) => Math.abs(one.data[i + k] - other.data[i + k])));
    if (far > 40) differing += 1;
  }
  return differing / (one.width * one.height);
}, [before.toString('base64'), after.toString('base64')]);

const compare = async (page, name) => {
  const made = await page.screenshot();
  const file = join(folder, `${name}.png`);
  const known = join(folder, 'letters.txt');
  const here = await letters(page);
  if (process.env.PICTURES === 'new') {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, made);
    writeFileSync(known, `${here}\n`);
    return;
  }
  if (!existsSync(known) || readFileSync(known, 'utf8').trim() !== here) {
    console.log(`skipped: the picture ${name} (another browser or other fonts: ${here})`);
    return;
  }
  const share = await difference(page, readFileSync(file), made);
  assert.ok(share <= TOLERANCE, `${(share * 100).toFixed(2)} % of ${name} is different`);
};

for (const [look, options] of [['light', { width: 640, height: 640 }], ['dark', { width: 640, height: 640, dark: true }], ['phone', { width: 360, height: 640, phone: false }]])
  test(`it looks as it was looked at: ${look}`, async ({ open }) => {
    let next = reply;
    const page = await open(widgetPage({ attributes: 'lang="fr"', lang: 'fr' }), {
      ...options,
      before: async (tab) => {
        await tab.route('**/api/v1/welcome*', (route) => route.fulfill({ headers: ALLOW, body: JSON.stringify(welcome) }));
        await tab.route('**/api/v1/ask', (route) => route.fulfill({ headers: ALLOW, body: JSON.stringify(next) }));
      },
    });
    const w = widget(page);
    await w.launcher.waitFor();
    await compare(page, `${look}-closed`);
    await w.open();
    await w.chat.locator('.greeting .chips').waitFor();
    await compare(page, `${look}-greeting`);
    await w.ask('Où est l’institut ?');
    await compare(page, `${look}-answer`);
    next = lost;
    await w.ask('Et alors ?');
    await compare(page, `${look}-choices`);
  });
