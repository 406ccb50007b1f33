// A text goes back and forth between who writes it and who publishes it; and signing in, where what is typed can be looked at.
import { assert, axe, test } from './harness.mjs';
import { desk, office } from './office.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });

test('a draft is sent back with a remark, which its author reads, and goes out again without it', async ({ open }) => {
  const writer = await desk(open, 'answerer');
  await writer.goto(`${office.url}/console/new`);
  const id = await writer.inputValue('[name=key]');
  await writer.fill('#questions_fr', 'Où est le toboggan ocre ?');
  await writer.fill('#questions_en', 'Where is the ochre slide?');
  await writer.fill('#answer_fr', 'Au fond du parc : https://exámple.org/plan');
  await writer.fill('#answer_en', 'At the end of the park.');
  await button(writer, 'Envoyer en relecture').click();
  await writer.locator('#done:not(:empty)').waitFor();

  const editor = await desk(open, 'editor');
  await editor.goto(`${office.url}/console/publish/${id}`);
  assert.match(await editor.locator('main').textContent(), /xn--exmple-qta\.org/);
  await axe(editor);
  await editor.fill('#remark', 'De quel parc ?');
  await editor.reload();
  assert.equal(await editor.inputValue('#remark'), 'De quel parc ?');   // kept, as all that is typed
  await button(editor, 'Renvoyer').click();
  await editor.locator('#done:not(:empty)').waitFor();
  await axe(editor);

  await writer.goto(`${office.url}/console`);
  assert.match(await writer.locator('#boards').textContent(), /De quel parc/);
  await axe(writer);
  await writer.locator('#boards a', { hasText: 'toboggan' }).first().click();
  await writer.getByText('De quel parc ?').waitFor();
  await axe(writer);
  await writer.fill('#answer_fr', 'Au fond du parc Borély.');
  await button(writer, 'Envoyer en relecture').click();
  await writer.locator('#done:not(:empty)').waitFor();
  await writer.goto(`${office.url}/console`);
  assert.doesNotMatch(await writer.locator('#boards').textContent(), /De quel parc/);
  for (const page of [writer, editor]) assert.deepEqual(page.problems, []);
});

test('that one language has changed alone is told in the editor while one types', async ({ open }) => {
  const page = await desk(open, 'editor');
  await page.goto(`${office.url}/console/edit/what-is-mi`);
  await page.fill('#answer_fr', `${await page.inputValue('#answer_fr')} Oui.`);
  await page.getByText('Le texte français a changé, pas le texte anglais').waitFor();
  await axe(page);
  await page.fill('#answer_en', `${await page.inputValue('#answer_en')} Yes.`);
  await page.getByText('Le texte français a changé, pas le texte anglais').waitFor({ state: 'detached' });
});

test('a password can be looked at until it is sent', async ({ open }) => {
  await office.open();
  const page = await open(`${office.url}/console/sign-in`, { lang: 'fr-FR' });
  const show = page.getByRole('button', { name: 'Montrer le mot de passe' });   // with a tick while it is pressed
  const type = () => page.locator('#password').getAttribute('type');
  await page.fill('#email', 'viewer@example.org');
  await page.fill('#password', 'not this one at all');
  assert.equal(await show.getAttribute('aria-pressed'), 'false');
  await page.locator('#password').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  assert.equal(await type(), 'text');
  assert.equal(await show.getAttribute('aria-pressed'), 'true');
  await axe(page);
  await show.click();
  assert.equal(await type(), 'password');
  await show.click();
  // What is sent is hidden again first.
  await page.evaluate(() => document.querySelector('#password').form.addEventListener('submit', (event) => { event.preventDefault(); document.title = document.querySelector('#password').type; }, { once: true }));
  await button(page, 'Se connecter').click();
  assert.equal(await page.title(), 'password');
  assert.equal(await show.getAttribute('aria-pressed'), 'false');
  await button(page, 'Se connecter').click();
  await page.locator('#complaint').waitFor();
  assert.deepEqual(page.problems.filter((problem) => !/401/.test(problem)), []);
});
