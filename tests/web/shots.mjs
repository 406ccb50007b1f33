// Draws the widget in its main states, to be looked at by a person: tests/web/shots.mjs OUTPUT-FOLDER [PROGRAM]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { begin, end, root, runOne, widget, widgetPage } from './harness.mjs';

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

for (const [name, lang, options] of [['desktop', 'fr', {}], ['desktop', 'en', { dark: true }], ['phone', 'fr', { phone: true }], ['narrow', 'en', { width: 320, height: 600 }], ['forced', 'fr', { forced: true }], ['phone', 'en', { phone: true, dark: true }]])
  await journey(name, lang, options);
await end();
process.exit(0);
