// A text goes back and forth between who writes it and who publishes it; and signing in, where what is typed can be looked at.
import { assert, axe, test } from './harness.mjs';
import { desk, office } from './office.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });

test('a password can be looked at until it is sent', async ({ open }) => {
  await office.open();
  const page = await open(`${office.url}/console/sign-in`, { lang: 'fr-FR' });
  const show = button(page, 'Montrer le mot de passe');
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
