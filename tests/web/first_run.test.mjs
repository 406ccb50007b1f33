// The first day at the desk, from an empty database: what somebody new does without having been shown anything, step by step.
import { assert, axe, test } from './harness.mjs';
import { Office } from './office.mjs';

const TEN_MINUTES = 600;

test('a first run: from the invitation to an answer that was corrected and published', async ({ open }) => {
  const office = new Office();
  const from = performance.now();
  let steps = 0;
  const step = async (act) => { steps += 1; await act(); };
  await step(() => office.run('import'));
  let link;
  await step(() => { link = /\/console\/welcome\/\S+/.exec(office.run('staff', 'invite', 'ada@example.org', 'Ada Lovelace', '--role', 'admin'))[0]; });
  await step(() => office.start('127.0.0.1:0'));
  const page = await open(office.url + link, { lang: 'fr-FR' });
  page.setDefaultTimeout(120000);
  await step(() => page.fill('input[type=password]', 'correct horse battery staple'));
  await step(() => page.locator('main button[type=submit]').first().click());
  await step(() => page.fill('#email', 'ada@example.org'));
  await step(() => page.fill('#password', 'correct horse battery staple'));
  await step(() => page.press('#password', 'Enter'));
  const ticked = () => page.locator('.steps .tag').count();
  await page.locator('.first-steps').waitFor();
  assert.equal(await ticked(), 0);
  await axe(page);

  // A visitor asks.
  const before = await office.ask('Où est le CIML ?');
  assert.equal(before.status, 'answered');

  await step(() => page.fill('#q', 'CIML adresse'));
  await page.locator('.rows .row').first().waitFor();
  await step(() => page.locator('[data-copy=fr]').first().click());
  await step(() => page.goto(`${office.url}/console`));
  assert.equal(await ticked(), 1);
  await step(() => page.locator('.steps a').nth(1).click());
  await step(() => page.fill('#q', 'Où est le CIML ?'));
  await step(() => page.press('#q', 'Enter'));
  await page.locator('.reply').waitFor();

  // The answer that was given is corrected, from where it stands.
  await step(() => page.locator('.reply a[href^="/console/answer/"]').first().click());
  await step(() => page.getByRole('link', { name: 'Modifier' }).click());
  const field = page.locator('[name=text_fr]');
  const text = `${await field.inputValue()} Le bâtiment est blanc.`;
  await step(() => field.fill(text));
  await step(() => page.locator('main form button[type=submit]').first().click());
  await page.getByRole('button', { name: 'Publier', exact: true }).waitFor();
  await step(() => page.getByRole('button', { name: 'Publier', exact: true }).click());
  await page.locator('#done:not(:empty)').waitFor();
  const after = await office.ask('Où est le CIML ?');
  assert.match(after.answer, /Le bâtiment est blanc/);

  await page.goto(`${office.url}/console`);
  assert.equal(await page.locator('.first-steps').count(), 0);
  await page.goto(`${office.url}/console/help`);
  await page.locator('main a[href="/console/first-steps"]').click();
  assert.equal(await ticked(), 4);
  await axe(page);
  assert.deepEqual(page.problems, []);
  const seconds = (performance.now() - from) / 1000;
  console.log(`measured: a first run: ${steps} steps, ${seconds.toFixed(1)} s`);
  assert.ok(seconds < TEN_MINUTES);
  await office.kill();
});
