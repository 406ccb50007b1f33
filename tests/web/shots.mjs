// Draws the widget in its main states, to be looked at by a person: node tests/web/shots.mjs OUTPUT-FOLDER [PROGRAM]
// The pictures of docs/website.md and docs/pages.md are those that begin with "docs-".
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { begin, bot, end, root, runOne, widget, widgetPage } from './harness.mjs';

const [out, program] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
await begin(program || join(root, 'build/dev/immunobot'));

const QUESTIONS = {
  fr: { answer: 'Où se trouve le siège d’Innate Pharma ?', meant: 'Téléphone de Marseille Immunopôle', none: 'Quel est le cours de bourse d’Innate Pharma ?', safety: 'j’ai mal à la poitrine', wrong: 'Où est Luminny ?' },
  en: { answer: 'Who leads CIML and where is it?', meant: 'What is it?', none: 'What is the share price of Innate Pharma?', safety: 'my chest hurts', wrong: 'Where is Luminny?' },
};
const body = '<h1>Marseille Immunopôle</h1><p>Une page du site, avec un peu de texte. '.concat('Le pôle réunit des laboratoires, des hôpitaux et des entreprises. '.repeat(14), '</p>');

const journey = (name, lang, options) => runOne({
  run: async ({ open }) => {
    const page = await open(widgetPage({ attributes: `lang="${lang}"`, lang, body }), { lang, ...options });
    const w = widget(page);
    const shot = (state) => page.screenshot({ path: join(out, `${name}-${lang}-${state}.png`) });
    const q = QUESTIONS[lang];
    await w.launcher.waitFor();
    await shot('1-closed');
    await w.open();
    await w.chat.locator('.greeting .chips').waitFor();
    await page.waitForTimeout(250);
    await shot('2-greeting');
    for (const [state, text] of [['3-answer', q.answer], ['4-meant', q.meant], ['5-none', q.none], ['6-safety', q.safety], ['7-wrong', q.wrong]]) {
      await w.ask(text);
      await page.waitForTimeout(150);
      await shot(state);
    }
    await w.field.pressSequentially(lang === 'fr' ? 'quand' : 'when');
    await w.chat.locator('.options li').first().waitFor().catch(() => {});
    await w.field.press('ArrowDown');
    await shot('8-typing');
    await w.field.press('Escape');
    await w.field.fill('x'.repeat(1700));
    await w.field.press('End');
    await shot('8b-count');
    await w.field.fill('mon adresse : a.b@example.org');
    await w.field.press('Enter');
    await shot('9-personal');
    await w.answers.last().getByRole('button', { name: lang === 'fr' ? 'Pas utile' : 'Not helpful' }).click();
    await w.answers.last().locator('summary').click();
    await page.waitForTimeout(100);
    await shot('a-why');
    await w.field.fill('');
    await page.route('**/api/v1/ask', (route) => route.fulfill({ status: 429, headers: { 'retry-after': '30', 'access-control-allow-origin': '*', 'access-control-expose-headers': 'Retry-After' }, body: '{}' }));
    await w.ask('Encore une question ?');
    await shot('b-busy');
    await page.unroute('**/api/v1/ask');
    await w.chat.locator('.head button[aria-controls=menu]').click();
    await shot('c-menu');
    await page.emulateMedia({ media: 'print' });
    await page.screenshot({ path: join(out, `${name}-${lang}-d-print.png`), fullPage: true });
  },
}).catch((problem) => console.log(name, lang, problem.message.split('\n').slice(0, 3).join(' ')));

// A page of a site, as the documents show it.
const site = '<style>body { margin: 0; font: 17px/1.6 Georgia, serif; color: #222; background: #fbfaf8 } header { padding: 18px 40px; background: #fff; border-bottom: 1px solid #e4e0d8; font-weight: 600 } main { max-width: 420px; padding: 24px 40px } h1 { font-size: 30px; line-height: 1.2 } @media (prefers-color-scheme: dark) { body { color: #ddd; background: #101418 } header { background: #161b20; border-color: #2a3138 } }</style>';
const document = (name, lang, question, options) => runOne({
  run: async ({ open }) => {
    const text = lang === 'fr' ? '<h1>Un pôle pour l’immunologie</h1><p>Laboratoires, hôpitaux et entreprises travaillent ensemble, du laboratoire au lit du malade.</p>' : '<h1>A cluster for immunology</h1><p>Laboratories, hospitals and companies work together, from the bench to the bedside.</p>';
    const page = await open(widgetPage({ attributes: `lang="${lang}"`, lang, head: site, body: text }), { lang, ...options });
    const w = widget(page);
    await w.open();
    await w.chat.locator('.greeting .chips').waitFor();
    if (question) await w.ask(question);
    await page.waitForTimeout(300);
    await page.screenshot({ path: join(out, `docs-${name}.png`) });
  },
});
const pageOf = (name, path, lang, height) => runOne({
  run: async ({ open }) => {
    const page = await open(`${bot.url}${path}?lang=${lang}`, { width: 1100, height, lang });
    await page.screenshot({ path: join(out, `docs-${name}.png`) });
  },
});
await pageOf('faq', '/faq', 'fr', 900);
await pageOf('facts', '/facts/ciml', 'en', 800);
await document('widget', 'en', 'Who leads CIML and where is it?', { width: 940, height: 700 });
await document('widget-dark', 'fr', 'Où se trouve le siège d’Innate Pharma ?', { width: 940, height: 700, dark: true });
await document('widget-phone', 'fr', '', { phone: true, height: 760 });

for (const [name, lang, options] of [['desktop', 'fr', {}], ['desktop', 'en', { dark: true }], ['phone', 'fr', { phone: true }], ['narrow', 'en', { width: 320, height: 600 }], ['forced', 'fr', { forced: true }], ['phone', 'en', { phone: true, dark: true }]])
  await journey(name, lang, options);
await end();
process.exit(0);
