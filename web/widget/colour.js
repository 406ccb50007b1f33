// Contrast of the colours that the site has chosen (WCAG 2.2). The style sheet hands them over as "color(srgb 0.1 0.2 0.3)".
export const ENOUGH = 4.5;
export const luminance = (colour) => (colour.match(/[\d.]+(?:e-?\d+)?/g) || []).slice(0, 3)
  .map((part) => part <= 0.04045 ? part / 12.92 : ((+part + 0.055) / 1.055) ** 2.4)
  .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
export const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
