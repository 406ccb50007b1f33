// Contrast of the colours that the site has chosen (WCAG 2.2). The style sheet hands them over as "color(srgb 0.1 0.2 0.3)".
const ENOUGH = 4.5;
const luminance = (colour) => (colour.match(/[\d.]+(?:e-?\d+)?/g) || []).slice(0, 3)
  .map((part) => part <= 0.04045 ? part / 12.92 : ((+part + 0.055) / 1.055) ** 2.4)
  .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

export const DARK = '(prefers-color-scheme: dark)';

// Light or dark, and colours that can be read whatever the site has chosen.
export const paint = (root, theme) => {
  root.classList.toggle('dark', theme === 'auto' ? matchMedia(DARK).matches : theme === 'dark');
  for (const name of ['--_on', '--_ink']) root.style.removeProperty(name);
  const style = getComputedStyle(root);
  const [accent, on, background] = ['outlineColor', 'caretColor', 'columnRuleColor'].map((name) => luminance(style[name]));
  if (contrast(accent, on) < ENOUGH) root.style.setProperty('--_on', accent > 0.18 ? '#000' : '#fff');
  if (contrast(accent, background) < ENOUGH) root.style.setProperty('--_ink', 'var(--_fg)');
};
