// Contrast of the colours that the site has chosen (WCAG 2.2).
const rgb = (colour) => {
  const plain = /^rgba?\((\d+), (\d+), (\d+)/.exec(colour);
  if (plain) return plain.slice(1).map(Number);
  const brush = document.createElement('canvas').getContext('2d');
  brush.fillStyle = colour;
  brush.fillRect(0, 0, 1, 1);
  return [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3);
};
const luminance = (colour) => rgb(colour)
  .map((part) => part / 255)
  .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
  .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
const contrast = (a, b) => {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};
const ENOUGH = 4.5;
