// The staff's console in a browser: each row of what it is measured by, and axe on every page.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert, axe, root, test } from './harness.mjs';

const program = process.argv[2];
const folder = mkdtempSync(join(tmpdir(), 'immunobot-console-'));
const database = join(folder, 'bot.db');
const PASSWORD = 'correct horse battery staple';
const people = ['admin', 'editor', 'answerer', 'viewer'];

let url = '';
let server;

const run = (...words) => execFileSync(program, [...words, '--database', database], { cwd: root, encoding: 'utf8' });

const start = () => new Promise((resolve, reject) => {
  server = spawn(program, ['serve', '--listen', '127.0.0.1:0', '--database', database], { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
  server.on('exit', (code) => reject(new Error(`the bot ended with ${code}`)));
  let said = '';
  server.stdout.on('data', (bytes) => {
    said += bytes;
    url = /http:\/\/\S+/.exec(said)?.[0] || '';
    if (url) resolve();
  });
});

process.on('exit', () => {
  server?.removeAllListeners('exit');
  server?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const form = (fields) => new URLSearchParams(fields).toString();
const post = (path, fields) => fetch(url + path, { method: 'POST', redirect: 'manual', headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: url }, body: form(fields) });
const ask = async (question) => (await fetch(`${url}/api/v1/ask`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ question }) })).json();

// One bot, with an account for each role, for all of them.
let ready;
const office = () => (ready ??= (async () => {
  run('import');
  for (const role of people) {
    const link = /\/console\/welcome\/\S+/.exec(run('staff', 'invite', `${role}@example.org`, role, '--role', role))[0];
    if (!url) await start();
    assert.equal((await post(link, { password: PASSWORD })).status, 303);
  }
})());

const signIn = async (page, role) => {
  await page.goto(`${url}/console/sign-in`);
  await page.fill('#email', `${role}@example.org`);
  await page.fill('#password', PASSWORD);
  await page.press('#password', 'Enter');
  await page.waitForURL((address) => !address.pathname.endsWith('/sign-in'));
};

// Signed in, in French or English. Failures of the page to load anything are failures of the test.
const desk = async (open, role, options = {}) => {
  await office();
  const page = await open(`${url}/console/sign-in`, { lang: 'fr-FR', ...options });
  page.setDefaultTimeout(40000);  // the check before publishing asks thousands of questions, on whatever machine
  await signIn(page, role);
  return page;
};

test('a known answer is found and copied with three keys besides the words', async ({ open, browser }) => {
  const page = await desk(open, 'viewer');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: url });
  await page.goto(`${url}/console/help`);
  await page.locator('h1').click();
  await page.keyboard.press('/');
  await page.waitForURL(`${url}/console`);
  await page.keyboard.type('adresse du ciml');
  await page.locator('.rows .row').first().waitFor();
  await page.waitForFunction(() => /q=adresse/.test(location.search));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('c');
  await page.waitForFunction(() => document.querySelector('.toast').textContent !== '');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /Luminy/);
  await page.keyboard.press('e');
  await page.waitForTimeout(200);
  assert.notEqual(await page.evaluate(() => navigator.clipboard.readText()), copied);
  assert.deepEqual(page.problems, []);
}, { alone: true });

test('typing errors, acronyms and both languages find the same answer', async ({ open }) => {
  const page = await desk(open, 'viewer');
  for (const words of ['innate pharma siege', 'innate pharma headquarters', 'inate pharma headquaters']) {
    await page.goto(`${url}/console?q=${encodeURIComponent(words)}`);
    assert.ok((await page.locator('.rows .row').count()) > 0, words);
    assert.match(await page.locator('.rows').textContent(), /Innate Pharma/, words);
  }
});

test('a question without an answer becomes one in two languages within eight actions', async ({ open }) => {
  const page = await desk(open, 'editor');
  for (const wording of ['Where can I park my bicycle?', 'where could I park a bicycle', 'Can I park my bicycle somewhere?'])
    assert.notEqual((await ask(wording)).status, 'answered');
  let actions = 0;
  const act = async (what) => { actions += 1; await what(); };
  await page.waitForTimeout(500);
  await act(() => page.goto(`${url}/console/questions`));
  await act(() => page.getByRole('link', { name: /bicycle/ }).first().click());
  await act(() => page.getByRole('link', { name: 'En faire une réponse' }).click());
  await act(() => page.fill('#questions_fr', 'Où puis-je garer mon vélo ?'));
  await act(() => page.fill('#answer_fr', 'Devant le bâtiment.'));
  await act(() => page.fill('#answer_en', 'In front of the building.'));
  await act(() => page.getByRole('button', { name: 'Vérifier et publier' }).click());
  await page.locator('.verdict').waitFor();
  await act(() => page.getByRole('button', { name: 'Publier', exact: true }).click());
  await page.locator('#done:not(:empty)').waitFor();
  assert.ok(actions <= 8, `${actions} actions`);
  const asked = performance.now();
  const reply = await ask('Where can I park my bicycle?');
  assert.equal(reply.answer, 'In front of the building.');
  assert.ok(performance.now() - asked < 10000);
  assert.equal((await ask('Où puis-je garer mon vélo ?')).answer, 'Devant le bâtiment.');
});

test('yesterday’s change of a colleague is undone within four actions', async ({ open }) => {
  const page = await desk(open, 'editor');
  await page.goto(`${url}/console/edit/what-is-mi`);
  await page.fill('#answer_en', 'Something else entirely.');
  await page.getByRole('button', { name: 'Vérifier et publier' }).click();
  await page.getByRole('button', { name: 'Publier', exact: true }).click();
  await page.locator('#done:not(:empty)').waitFor();
  assert.equal((await ask('Introduce the cluster to me')).answer, 'Something else entirely.');
  await page.goto(`${url}/console`);
  await page.getByRole('link', { name: 'Historique' }).click();                                   // 1
  await page.getByRole('button', { name: 'Annuler ce changement' }).first().click();              // 2
  await page.getByRole('button', { name: 'Publier', exact: true }).click();                       // 3
  await page.locator('#done:not(:empty)').waitFor();
  assert.match((await ask('Introduce the cluster to me')).answer, /French immunology cluster/);
});

test('what a wording matches, and why, is seen with one field', async ({ open }) => {
  const page = await desk(open, 'viewer');
  await page.goto(`${url}/console/test`);
  await page.fill('#q', 'Where is CIML?');
  await page.press('#q', 'Enter');
  await page.locator('summary').first().click();
  assert.match(await page.locator('.reply').textContent(), /ciml\.(location|address)/);
});

test('an answer for the team alone is given to no visitor', async ({ open }) => {
  const page = await desk(open, 'editor');
  await page.goto(`${url}/console/new`);
  await page.fill('#questions_fr', 'Quel est le code du portail secret ?');
  await page.fill('#questions_en', 'What is the code of the secret gate?');
  await page.fill('#answer_fr', 'Le code est zebra42.');
  await page.fill('#answer_en', 'The code is zebra42.');
  await page.check('input[name=audience][value=staff]');
  await page.getByRole('button', { name: 'Vérifier et publier' }).click();
  await page.getByRole('button', { name: 'Publier', exact: true }).click();
  await page.locator('#done:not(:empty)').waitFor();
  for (const question of ['Quel est le code du portail secret ?', 'What is the code of the secret gate?'])
    assert.doesNotMatch(JSON.stringify(await ask(question)), /zebra42/);
  for (const path of ['/faq?lang=fr', '/facts?lang=fr', '/api/v1/facts?q=zebra42', '/api/v1/facts?limit=1000', '/api/v1/suggest?q=Quel&lang=fr', '/data/facts.json', '/sitemap.xml'])
    assert.doesNotMatch(await (await fetch(url + path)).text(), /zebra42/, path);
  await page.goto(`${url}/console?q=zebra42`);
  assert.match(await page.locator('.rows').textContent(), /Réservé/);
});

test('two editors at once: the second is shown what the first has saved', async ({ open }) => {
  const one = await desk(open, 'editor');
  const two = await desk(open, 'answerer');
  for (const page of [one, two]) await page.goto(`${url}/console/edit/mi-and-mi-fhu`);
  await one.fill('#answer_en', 'First text.');
  await one.getByRole('button', { name: 'Enregistrer' }).click();
  await one.locator('#done:not(:empty)').waitFor();
  await two.fill('#answer_en', 'Second text.');
  await two.getByRole('button', { name: 'Enregistrer' }).click();
  await two.locator('[role=alert]').first().waitFor();
  assert.equal(await two.inputValue('#answer_en'), 'Second text.');
  assert.match(await two.locator('.changes').textContent(), /First/);
});

test('drafts save themselves', async ({ open }) => {
  const page = await desk(open, 'answerer');
  await page.goto(`${url}/console/edit/difference-mi-mib`);
  await page.fill('#answer_en', 'A text that saves itself.');
  await page.locator('#saved:not(:empty)').waitFor();
  await page.reload();
  assert.equal(await page.inputValue('#answer_en'), 'A text that saves itself.');
});

test('all of it works without scripts', async ({ open }) => {
  const page = await desk(open, 'editor', { noScript: true });
  await page.fill('#q', 'CIML');
  await page.press('#q', 'Enter');
  assert.ok((await page.locator('.rows .row').count()) > 0);
  await page.getByRole('button', { name: 'English' }).click();
  assert.match(await page.locator('h1').textContent(), /Find an answer/);
});

const pages = ['/console', '/console?q=CIML', '/console/test?q=Where%20is%20CIML%3F', '/console/questions', '/console/questions?state=ignored', '/console/drafts', '/console/new', '/console/edit/what-is-mi',
  '/console/answer/what-is-mi', '/console/answer/ciml.location.1', '/console/history/what-is-mi', '/console/changes', '/console/accounts', '/console/audit', '/console/help', '/console/nothing',
  '/console/table/facts', '/console/table/entities?q=ciml&sort=kind', '/console/table/faq', '/console/table/sources', '/console/row/entities:ciml', '/console/row-edit/facts:ciml.location.1', '/console/row-edit/entities:',
  '/console/import/facts', '/console/review', '/console/charts', '/console/letters'];

for (const [name, options] of [['in French', {}], ['in English, dark', { lang: 'en-GB', dark: true }], ['at 320 pixels', { width: 320, height: 640 }]])
  test(`axe finds nothing ${name}`, async ({ open }) => {
    const page = await desk(open, 'admin', options);
    await ask('Where do I find the lost property office?');
    await page.waitForTimeout(500);
    await page.goto(`${url}/console/questions`);
    const group = await page.locator('.rows a').first().getAttribute('href');
    for (const path of [...pages, group]) {
      await page.goto(url + path);
      try {
        await axe(page);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1 ? []
          : [...document.body.querySelectorAll('*')].filter((node) => node.getBoundingClientRect().right > innerWidth + 1).map((node) => node.outerHTML.slice(0, 120)));
        assert.deepEqual(wide, [], 'wider than the window');
      } catch (problem) {
        throw new Error(`${path}: ${problem.message}`);
      }
    }
    await page.context().clearCookies();
    await page.goto(`${url}/console/sign-in`);
    await axe(page);
  });

// As Excel in French saves it.
const sheet = (bad) => '\uFEFFid;entity;property;value;unit;text_en;text_fr;valid_from;valid_to;source;layer;review_by\r\n' + Array.from({ length: 500 }, (_, i) => {
  const n = i + 1;
  const wrong = bad && [7, 250, 499].includes(n);
  return `ciml.activity.${n + 100};ciml;activity;Salle ${n};;"CIML has a room ${n}; it is used.";Le CIML a une salle ${n}.;${wrong ? '31/02/2026' : ''};;seed;public;\r\n`;
}).join('');

test('500 rows from Excel with 3 bad ones: the dry run names the three, and nothing is imported', async ({ open }) => {
  const page = await desk(open, 'editor');
  await page.goto(`${url}/console/import/facts`);
  await page.setInputFiles('#file', { name: 'faits.csv', mimeType: 'text/csv', buffer: Buffer.from(sheet(true)) });
  await page.getByRole('button', { name: 'Voir ce qui changerait' }).click();
  await page.locator('#complaint').waitFor();
  assert.deepEqual(await page.locator('tbody th').allTextContents(), ['8', '251', '500']);
  assert.equal(await page.locator('tbody td').first().textContent(), 'valid_from');
  await axe(page);
  await page.goto(`${url}/console/table/facts?q=salle+ciml`);
  assert.equal(await page.locator('tbody tr').count(), 0);
});

test('a fact is corrected in four actions with the check shown, and the change of a colleague undone in three', async ({ open }) => {
  const page = await desk(open, 'editor');
  let actions = 0;
  const act = async (what) => { actions += 1; await what(); };
  await act(() => page.goto(`${url}/console/row-edit/sources:seed`));
  await act(() => page.fill('#publisher', 'Marseille Immunopôle, 2026'));
  await act(() => page.getByRole('button', { name: 'Vérifier et publier' }).click());
  await page.locator('.verdict').waitFor();
  await act(() => page.getByRole('button', { name: 'Publier', exact: true }).click());
  await page.locator('#done:not(:empty)').waitFor();
  assert.ok(actions <= 4);
  const other = await desk(open, 'admin');
  actions = 0;
  await act(() => other.goto(`${url}/console/changes`));
  await act(() => other.locator('a[href^="/console/undo/"]').first().click());
  await act(() => other.getByRole('button', { name: 'Tout annuler' }).click());
  await other.locator('#done:not(:empty)').waitFor();
  assert.ok(actions <= 4);
  await other.goto(`${url}/console/row/sources:seed`);
  assert.doesNotMatch(await other.locator('main').textContent(), /2026, /);
});

test('the figures are charts with a table each, and tables without scripts', async ({ open }) => {
  await office();
  await ask('Where is CIML?');
  const page = await desk(open, 'answerer');
  await page.waitForTimeout(500);
  await page.goto(`${url}/console/charts`);
  assert.ok((await page.locator('canvas').count()) >= 3);
  assert.equal(await page.locator('canvas').count(), await page.locator('[data-chart] table').count());
  assert.deepEqual(page.problems, []);
  const plain = await desk(open, 'answerer', { noScript: true });
  await plain.goto(`${url}/console/charts`);
  assert.ok(await plain.locator('[data-chart] table').first().isVisible());
});

test('the first load is small', async ({ open }) => {
  const page = await desk(open, 'viewer');
  let bytes = 0;
  for (const address of [`${url}/console`, ...(await page.evaluate(() => [...document.querySelectorAll('link[rel=stylesheet], script[src]')].map((one) => one.href || one.src)))])
    bytes += (await (await page.context().request.get(address, { headers: { 'Accept-Encoding': 'identity' } })).body()).length;
  assert.ok(bytes < 120000, `${bytes} bytes before compression`);
});
