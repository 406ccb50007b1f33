// The editor of the console in a browser: what it tells and shows of an answer while that is written, and what writes for one.
import { assert, axe, test } from './harness.mjs';
import { ask, desk, office, writeNew } from './office.mjs';

test('while a question is written, it is told who has it and what waits for it', async ({ open }) => {
  const page = await desk(open, 'answerer');
  await ask('Where do I return a borrowed umbrella?');
  await page.waitForTimeout(500);
  await page.goto(`${office.url}/console/questions`);
  await page.goto(`${office.url}/console/new`);
  await page.fill('#answer_en', 'At the desk.');
  assert.equal(await page.locator('#hints').textContent(), '');
  await page.locator('#questions_en').pressSequentially('Where is CIML?\nwhere do i return the borrowed umbrella');
  await page.locator('#hints', { hasText: 'umbrella' }).waitFor();
  await page.locator('#hints a[href="/console/answer/ciml.location.1"]').waitFor();
  assert.equal(await page.inputValue('#answer_en'), 'At the desk.');
  assert.match(await page.locator('.count').last().textContent(), /^12 /);
  await axe(page);
  assert.deepEqual(page.problems, []);
  // By the button, the same on the whole page.
  const told = await page.locator('#hints').innerHTML();
  await page.getByRole('button', { name: 'À qui vont ces questions' }).click();
  await page.waitForFunction((before) => document.getElementById('hints').innerHTML === before, told);
  assert.equal(await page.inputValue('#answer_en'), 'At the desk.');
});

test('the editor shows the answer as each kind of channel does', async ({ open }) => {
  const page = await desk(open, 'answerer');
  await page.goto(`${office.url}/console/edit/difference-mi-mib`);
  await page.fill('#answer_fr', 'Un texte à voir d’abord.');
  await page.getByRole('button', { name: 'Comme les visiteurs le voient' }).click();
  await page.locator('#preview').waitFor();
  assert.equal(await page.locator('.preview').count(), 8);
  assert.equal(await page.inputValue('#answer_fr'), 'Un texte à voir d’abord.');
  await axe(page);
});

test('buttons write bold words, lists and links, by the keyboard too, and Ctrl+Z takes them back', async ({ open }) => {
  const page = await desk(open, 'answerer');
  await page.goto(`${office.url}/console/new`);
  const field = page.locator('#answer_fr');
  const group = page.getByRole('group', { name: /^Mise en forme, .*fran/ });
  const select = (from, to) => field.evaluate((area, [a, b]) => { area.focus(); area.setSelectionRange(a, b); }, [from, to]);
  await field.fill('Ouvert tous les jours.');
  await select(7, 21);
  await group.getByRole('button', { name: 'Gras' }).focus();
  await page.keyboard.press('Enter');
  assert.equal(await field.inputValue(), 'Ouvert **tous les jours**.');
  assert.match(await page.locator('.count').first().textContent(), /^22 \/ 1200$/);
  await page.keyboard.press('Control+z');
  assert.equal(await field.inputValue(), 'Ouvert tous les jours.');
  await select(7, 21);
  await page.keyboard.press('Control+b');
  await page.keyboard.press('Control+b');
  assert.equal(await field.inputValue(), 'Ouvert tous les jours.');
  await field.fill('un\ndeux');
  await select(0, 7);
  await group.getByRole('button', { name: 'Liste', exact: true }).click();
  assert.equal(await field.inputValue(), '- un\n- deux');
  await group.getByRole('button', { name: 'Liste numérotée' }).click();
  assert.equal(await field.inputValue(), '1. un\n2. deux');
  await group.getByRole('button', { name: 'Liste numérotée' }).click();
  assert.equal(await field.inputValue(), 'un\ndeux');
  await select(0, 2);
  await group.getByRole('button', { name: 'Lien' }).click();
  await page.keyboard.type('example.org/a');
  assert.equal(await field.inputValue(), '[un](https://example.org/a)\ndeux');
  for (const button of await group.getByRole('button').all()) {
    const box = await button.boundingBox();
    assert.ok(box.width >= 44 && box.height >= 44, `${box.width} x ${box.height}`);
  }
  await axe(page);
  await page.getByRole('button', { name: 'Comme les visiteurs le voient' }).click();
  assert.equal(await page.locator('.preview .said a[href="https://example.org/a"]').first().textContent(), 'un');
});

test('the text of a fact is looked for and put into an answer', async ({ open }) => {
  const page = await desk(open, 'answerer');
  await page.goto(`${office.url}/console/new`);
  await page.fill('#answer_fr', 'Voici : ');
  const button = page.getByRole('button', { name: 'Texte d’un fait' }).first();
  await button.click();
  await page.keyboard.type('CIML adresse');
  const found = page.locator('.fact-search:not([hidden]) li button').first();
  await found.waitFor();
  await axe(page);
  const id = (await found.textContent()).split(' : ')[0];
  await found.click();
  assert.equal(await page.inputValue('#answer_fr'), `Voici : {{${id}}}`);
  await page.getByRole('button', { name: 'Comme les visiteurs le voient' }).click();
  assert.doesNotMatch(await page.locator('#preview').textContent(), /\{\{/);
});

test('what was published is taken back with one press', async ({ open }) => {
  const page = await desk(open, 'editor');
  await writeNew(page, {
    questions_fr: 'Où est la cantine de la lune ?', questions_en: 'Where is the canteen of the moon?',
    answer_fr: 'Sur la face cachée : voir http://lune.example.org.', answer_en: 'On the far side.',
  });
  await page.locator('#hints', { hasText: 'http://lune.example.org' }).waitFor();
  await axe(page);
  await page.getByRole('button', { name: 'Vérifier et publier' }).click();
  await page.getByRole('button', { name: 'Publier', exact: true }).click();
  await page.locator('form.undo-now').waitFor();
  assert.match((await ask('Where is the canteen of the moon?')).answer, /far side/);
  await page.locator('form.undo-now button').click();
  await page.locator('#done', { hasText: 'Annulé' }).waitFor();
  assert.doesNotMatch((await ask('Where is the canteen of the moon?')).answer, /far side/);
});
