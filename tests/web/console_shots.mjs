// Draws the pages of the staff's console, to be looked at by a person and for docs/staff.*.md:
//   node tests/web/console_shots.mjs OUTPUT-FOLDER [PROGRAM]
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const [out, program = join(root, 'build/dev/immunobot')] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'immunobot-shots-'));
const database = join(folder, 'bot.db');
const PASSWORD = 'correct horse battery staple';
mkdirSync(out, { recursive: true });

const run = (...words) => execFileSync(program, [...words, '--database', database], { cwd: root, encoding: 'utf8' });
run('import');
const link = /\/console\/welcome\/\S+/.exec(run('staff', 'invite', 'ada@example.org', 'Ada', '--role', 'admin'))[0];
const server = spawn(program, ['serve', '--listen', '127.0.0.1:0', '--database', database], { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
const url = await new Promise((resolve) => {
  let said = '';
  server.stdout.on('data', (bytes) => {
    said += bytes;
    const found = /http:\/\/\S+/.exec(said);
    if (found) resolve(found[0]);
  });
});
const send = (path, type, body) => fetch(url + path, { method: 'POST', redirect: 'manual', headers: { 'Content-Type': type, Origin: url }, body });
await send(link, 'application/x-www-form-urlencoded', new URLSearchParams({ password: PASSWORD }).toString());
for (const question of ['Where is CIML?', 'Où est le CIML ?', 'Who leads CIML?', 'Where can I park my bicycle?', 'Où garer mon vélo ?', 'What is Marseille Immunopole?'])
  await send('/api/v1/ask', 'application/json', JSON.stringify({ question }));

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', headless: true, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
for (const [lang, locale, dark] of [['fr', 'fr-FR', false], ['en', 'en-GB', true]]) {
  const page = await (await browser.newContext({ locale, viewport: { width: 1180, height: 860 }, colorScheme: dark ? 'dark' : 'light' })).newPage();
  page.setDefaultTimeout(120000);
  await page.goto(`${url}/console/sign-in`);
  await page.screenshot({ path: join(out, `staff-sign-in-${lang}.png`) });
  await page.fill('#email', 'ada@example.org');
  await page.fill('#password', PASSWORD);
  await page.press('#password', 'Enter');
  await page.waitForURL((address) => !address.pathname.endsWith('/sign-in'));
  const shot = async (name, path, before = async () => {}) => {
    await page.goto(url + path);
    await before();
    await page.screenshot({ path: join(out, `staff-${name}-${lang}.png`) });
  };
  const button = (french, english) => page.getByRole('button', { name: lang === 'fr' ? french : english, exact: true });
  await shot('search', '/console?q=adresse+ciml');
  await shot('test', `/console/test?q=${encodeURIComponent(lang === 'fr' ? 'Où est le CIML ?' : 'Where is CIML?')}`, () => page.locator('details').first().locator('summary').click());
  await shot('answer', '/console/answer/ciml.location.1');
  await page.goto(`${url}/console?q=${encodeURIComponent('adresse ciml')}`);
  await page.press('#q', 'ArrowDown');
  await page.keyboard.press('m');
  await page.locator('.toast:not(:empty)').waitFor();
  await shot('message', '/console/message');
  await shot('questions', '/console/questions');
  await page.getByRole('link', { name: /bicycle/ }).first().click();
  await page.screenshot({ path: join(out, `staff-question-${lang}.png`) });
  const question = page.url();
  await page.locator('a[href^="/console/erase/"]').first().click();
  await page.screenshot({ path: join(out, `staff-erase-${lang}.png`) });
  await page.goto(question);
  await page.locator('form[action^="/console/take/"] button').click();
  await page.locator('.undo-now').waitFor();
  await page.screenshot({ path: join(out, `staff-undo-${lang}.png`) });
  await page.locator('.undo-now button').click();
  await page.goto(question);
  await page.locator('a[href^="/console/new?group="]').click();
  await page.fill('#questions_fr', 'Où garer mon vélo ?');
  await page.fill('#answer_fr', 'Devant l’entrée principale, sous l’abri à vélos.');
  await page.fill('#answer_en', 'In front of the main entrance, under the bicycle shelter.');
  await page.locator('#questions_en').press('Control+End');
  await page.locator('#questions_en').pressSequentially('Where is CIML?');
  await page.locator('#hints a[href^="/console/answer/"]').waitFor();
  await page.screenshot({ path: join(out, `staff-editor-${lang}.png`), fullPage: true });
  await page.fill('#questions_en', 'Where can I park my bicycle?');
  await page.locator('button[name=then][value=publish]').click();
  await page.locator('.verdict').waitFor();
  await page.screenshot({ path: join(out, `staff-publish-${lang}.png`) });
  await shot('drafts', '/console/drafts');
  await shot('tables', '/console/table/facts?q=ciml');
  await shot('row', '/console/row/entities:ciml');
  await shot('figures', '/console/charts');
  await shot('review', '/console/review');
  await shot('letters', '/console/letters');
  await shot('edit-row', '/console/row-edit/facts:ciml.location.1');
  await page.goto(`${url}/console/import/facts`);
  await page.fill('#sheet', 'id;entity;property;value;unit;text_en;text_fr;valid_from;valid_to;source;layer\nciml.activity.90;ciml;activity;Salle;;A room.;Une salle.;31/02/2026;;seed;public\n');
  await page.getByRole('button', { name: lang === 'fr' ? 'Voir ce qui changerait' : 'Show what would change' }).click();
  await page.locator('#complaint').waitFor();
  await page.screenshot({ path: join(out, `staff-import-${lang}.png`) });
  // A change of a row, published, for the history.
  await page.goto(`${url}/console/row-edit/entities:ciml`);
  await page.fill('#aliases', `${await page.inputValue('#aliases')}|${lang === 'fr' ? 'centre de luminy' : 'luminy centre'}`);
  await page.locator('form.kept button[type=submit]').click();
  await page.locator('.verdict').waitFor();
  await button('Publier', 'Publish').click();
  await page.locator('#done:not(:empty)').waitFor();
  await shot('history', '/console/changes');
  await shot('decisions', '/console/decisions');
  await shot('me', '/console/me');
  await shot('accounts', '/console/accounts');
  await shot('settings', '/console/settings');
  await shot('tokens', '/console/tokens');
  await shot('audit', '/console/audit', () => page.locator('main details:has(summary) summary').first().click({ timeout: 5000 }).catch(() => {}));
  await shot('help', '/console/help/search');
  await page.goto(`${url}/console/row-edit/facts:ciml.location.1`);
  await page.fill('#text_fr', 'Le CIML est à Marseille, sur le campus de Luminy.');
  await page.context().clearCookies();
  await page.locator('form.kept button[type=submit]').click();
  await page.locator('form.again').waitFor();
  await page.locator('form.again summary').click();
  await page.screenshot({ path: join(out, `staff-again-${lang}.png`) });
}
await browser.close();
server.kill('SIGKILL');
rmSync(folder, { recursive: true, force: true });
