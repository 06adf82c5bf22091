// Draws the Vega-Lite specification in <script type="application/json" id="x"> into <figure data-chart="x">.
// Expressions are interpreted, never compiled, and nothing is fetched, so the strictest content policy holds.
"use strict";
{
  const colour = (name) => `var(--${name})`;
  const font = "Helvetica Neue, Helvetica, Segoe UI, Roboto, Arial, Liberation Sans, sans-serif";
  const words = { labelColor: colour("quiet"), titleColor: colour("quiet"), labelFontSize: 11, titleFontSize: 11, titleFontWeight: "normal" };
  // The page's own colours by name, so that a chart follows it into the dark and onto paper without being drawn again.
  const config = {
    background: null, font, padding: 2,
    view: { stroke: null },
    axis: { ...words, domainColor: colour("quiet"), tickColor: colour("quiet"), gridColor: colour("faint"), gridOpacity: 0.6 },
    axisBand: { domain: false, ticks: false, grid: false },
    legend: { ...words, labelColor: colour("ink") },
    header: words,
    title: { color: colour("ink"), fontSize: 13, anchor: "start" },
    text: { color: colour("ink"), fontSize: 11 },
    mark: { color: colour("accent") },
    rule: { color: colour("quiet") },
    range: { category: ["accent", "edge", "care", "good", "bad", "ink"].map(colour) },
  };
  // The three scripts behind it are large; they are asked for by the first chart of a page.
  const sources = document.currentScript.dataset.vega.split(" ");
  const load = (source) => new Promise((done, failed) => {
    const script = document.createElement("script");
    Object.assign(script, { src: source, onload: done, onerror: () => failed(new Error(`${source} could not be loaded`)) });
    document.head.append(script);
  });
  let ready;
  const vegaReady = () => (ready ??= sources.reduce((before, source) => before.then(() => load(source)), Promise.resolve()));

  const loader = { load: () => Promise.reject(new Error("a chart holds its own figures")), sanitize: (uri) => Promise.resolve({ href: uri }) };

  const draw = async (figure) => {
    const block = document.getElementById(figure.dataset.chart);
    const plot = figure.querySelector(".plot");
    if (!block || !plot || plot.dataset.drawn) return;
    plot.dataset.drawn = "yes";
    await vegaReady();
    const spec = JSON.parse(block.textContent);
    const width = Math.floor(plot.clientWidth);
    if (spec.width === "container") Object.assign(spec, { width, autosize: { type: "fit-x", contains: "padding" } });
    const compiled = vegaLite.compile(spec, { config, logger: vega.logger(vega.Error) }).spec;
    const view = new vega.View(vega.parse(compiled, null, { ast: true }), {
      renderer: "svg", expr: vegaInterpreter.expressionInterpreter, loader, logLevel: vega.Error,
    });
    await view.initialize(plot).runAsync();
    const svg = plot.querySelector("svg");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", figure.dataset.says || figure.querySelector("figcaption")?.textContent.trim() || "Chart");
  };
  const drawAll = (root) => {
    for (const figure of root.querySelectorAll("figure[data-chart]")) {
      draw(figure).catch((problem) => {
        const plot = figure.querySelector(".plot");
        if (plot) plot.textContent = "This chart could not be drawn; the figures are below.";
        figure.querySelector("details")?.setAttribute("open", "");
        console.error(`chart ${figure.dataset.chart}: ${problem.message}`);
      });
    }
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => drawAll(document));
  else drawAll(document);
  document.addEventListener("htmx:load", (event) => drawAll(event.detail.elt.parentElement || document));
}
