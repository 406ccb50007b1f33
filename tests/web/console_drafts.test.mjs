// Drafts that are saved, by themselves or by a button: each is one draft, and nobody's text is lost.
import { assert, test } from './harness.mjs';
import { desk, office } from './office.mjs';

test('two editors at once: the second is shown what the first has saved', async ({ open }) => {
  const one = await desk(open, 'editor');
  const two = await desk(open, 'answerer');
  for (const page of [one, two]) await page.goto(`${office.url}/console/edit/mi-and-mi-fhu`);
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
  await page.goto(`${office.url}/console/edit/difference-mi-mib`);
  await page.fill('#answer_en', 'A text that saves itself.');
  await page.locator('#saved:not(:empty)').waitFor();
  await page.reload();
  assert.equal(await page.inputValue('#answer_en'), 'A text that saves itself.');
});

test('a new answer saves itself, goes on as one draft, and leaves none behind when nothing is written', async ({ open }) => {
  const page = await desk(open, 'answerer');
  const drafts = async () => {
    const list = await open(`${office.url}/console/drafts`, { before: async (_, context) => context.addCookies(await page.context().cookies()) });
    return list.locator('main').textContent();
  };
  await page.goto(`${office.url}/console/new?question=${encodeURIComponent('Où est le gong violet ?')}`);
  await page.locator('#answer_fr').focus();
  await page.waitForTimeout(3000);
  assert.doesNotMatch(await drafts(), /gong/);
  assert.equal(new URL(page.url()).pathname, '/console/new');
  await page.fill('#answer_fr', 'Dans le hall.');
  await page.waitForURL(/\/console\/edit\/answer-[0-9a-f]{12}$/);
  assert.match(await drafts(), /Où est le gong violet/);
  // It goes on there: by itself, after a reload, and by the button.
  await page.fill('#answer_fr', 'Dans le hall, à gauche.');
  await page.waitForTimeout(3000);
  await page.reload();
  assert.equal(await page.inputValue('#answer_fr'), 'Dans le hall, à gauche.');
  await page.fill('#answer_en', 'In the hall.');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.locator('#done:not(:empty)').waitFor();
  assert.equal((await drafts()).match(/gong/g).length, 1);
  await page.goto(`${office.url}/console/new`);
  assert.equal(await page.inputValue('#answer_fr'), '');
  assert.equal(await page.locator('.kept-back').count(), 0);
  assert.deepEqual(page.problems, []);
});

test('what is sent while a new answer saves itself does not make two of it', async ({ open }) => {
  const page = await desk(open, 'answerer');
  await page.goto(`${office.url}/console/new`);
  await page.route('**/console/new', async (route) => {
    if (route.request().method() === 'POST') await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  await page.fill('#questions_fr', 'Où est le trombone jaune ?');
  await page.fill('#answer_fr', 'Dans le tiroir.');
  await page.waitForRequest((request) => request.method() === 'POST' && /then=auto/.test(request.postData() ?? ''));
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.locator('#done:not(:empty)').waitFor();
  assert.match(new URL(page.url()).pathname, /^\/console\/edit\/answer-[0-9a-f]{12}$/);
  await page.goto(`${office.url}/console/drafts`);
  assert.equal((await page.locator('main').textContent()).match(/trombone/g).length, 1);
});

test('a new answer whose first reply is lost saves itself again, as the same draft', async ({ open }) => {
  const page = await desk(open, 'answerer');
  await page.goto(`${office.url}/console/new`);
  let lost = 0;
  await page.route('**/console/new', async (route) => {
    if (route.request().method() !== 'POST' || lost > 0) return route.continue();
    lost += 1;
    await route.fetch();   // it has arrived
    await route.abort();
  });
  await page.fill('#questions_fr', 'Où est le hamac orange ?');
  await page.fill('#answer_fr', 'Au jardin.');
  await page.waitForURL(/\/console\/edit\/answer-[0-9a-f]{12}$/);
  assert.equal(lost, 1);
  await page.goto(`${office.url}/console/drafts`);
  assert.equal((await page.locator('main').textContent()).match(/hamac/g).length, 1);
});

test('what was typed for a new answer outlives a reload, and is gone once it is saved', async ({ open }) => {
  const page = await desk(open, 'answerer');
  await page.goto(`${office.url}/console/new`);
  await page.fill('#questions_fr', 'Où est la tasse bleue ?');
  await page.fill('#answer_fr', 'Dans la cuisine.');
  await page.check('input[name=audience][value=staff]');
  await page.reload();
  assert.equal(await page.inputValue('#answer_fr'), 'Dans la cuisine.');
  assert.ok(await page.isChecked('input[name=audience][value=staff]'));
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.locator('#done:not(:empty)').waitFor();
  await page.goto(`${office.url}/console/new`);
  assert.equal(await page.inputValue('#answer_fr'), '');
  assert.deepEqual(page.problems, []);
});
