// Draws the tables of the page as charts. Without it, the tables are there.
"use strict";

const style = getComputedStyle(document.documentElement);
const ink = style.getPropertyValue("--ink").trim() || "#222";
const line = style.getPropertyValue("--line").trim() || "#ccc";
const colours = ["#2f7d6b", "#c0632b", "#4b6cb7", "#a23b72", "#7a7a2e", "#5d5d6b"];

function dataOf(table) {
  const [, ...names] = [...table.tHead.rows[0].cells].map(cell => cell.textContent);
  const rows = [...table.tBodies[0].rows].map(row => [...row.cells].map(cell => cell.textContent));
  return {
    labels: rows.map(row => row[0].length > 40 ? `${row[0].slice(0, 39)}…` : row[0]),
    datasets: names.map((label, number) => ({
      label,
      data: rows.map(row => Number(row[number + 1])),
      backgroundColor: colours[number % colours.length],
      borderColor: colours[number % colours.length],
      borderWidth: 2,
      pointStyle: ["circle", "rect", "triangle", "rectRot", "star", "cross"][number % 6]
    }))
  };
}

for (const section of document.querySelectorAll("[data-chart]")) {
  const table = section.querySelector("table");
  if (!table) continue;
  const shape = section.dataset.chart;
  const lying = shape === "rows";
  const data = dataOf(table);
  const frame = document.createElement("div");
  frame.className = "canvas";
  frame.classList.toggle("tall", lying && data.labels.length > 6);
  const canvas = document.createElement("canvas");
  // The table says the same, and says it better to who cannot see.
  canvas.setAttribute("aria-hidden", "true");
  frame.append(canvas);
  section.querySelector("h2").after(frame);
  section.querySelector("details").open = false;
  const scale = { beginAtZero: true, stacked: shape !== "line", ticks: { color: ink, precision: 0 }, grid: { color: line } };
  new Chart(canvas, {
    type: shape === "line" ? "line" : "bar",
    data,
    options: {
      indexAxis: lying ? "y" : "x",
      animation: false,
      maintainAspectRatio: false,
      plugins: { legend: { display: data.datasets.length > 1, labels: { color: ink, usePointStyle: true } } },
      scales: { x: { ...scale }, y: { ...scale } }
    }
  });
}

// On paper the figures stand below each chart.
addEventListener("beforeprint", () => { for (const part of document.querySelectorAll("details.figures")) part.open = true; });
