"""How the page of rule coverage looks: quiet, in light and in dark, and readable without colour."""

STYLE = """
:root {
  color-scheme: light dark;
  --text: #1f2328; --dim: #656d76; --back: #ffffff; --card: #f6f8fa; --rule: #d0d7de;
  --covered: #e6f6ea; --covered-edge: #2da44e; --partly: #fff5d1; --partly-edge: #bf8700;
  --never: #ffebe9; --never-edge: #cf222e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e6edf3; --dim: #9198a1; --back: #0d1117; --card: #161b22; --rule: #30363d;
    --covered: #12261b; --covered-edge: #3fb950; --partly: #2b2411; --partly-edge: #d29922;
    --never: #301a1c; --never-edge: #f85149;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1.5rem; max-width: 75rem; background: var(--back); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", sans-serif;
}
h1 { font-size: 1.6rem; margin: 0 0 .5rem; }
h2 { font-size: 1.3rem; margin: 2rem 0 .25rem; }
h3 { font-size: 1rem; margin: 2rem 0 .5rem; overflow-wrap: anywhere; }
p { margin: .25rem 0 .75rem; max-width: 45rem; }
a { color: inherit; }
.dim, .count { color: var(--dim); font-weight: normal; }
.legend { display: flex; flex-wrap: wrap; gap: .5rem 1rem; list-style: none; padding: 0; }
.legend li { padding: 0 .6rem; border-left-style: solid; border-left-width: .25rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--rule); }
td { overflow-wrap: anywhere; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
progress {
  appearance: none; width: 9rem; height: .6rem; border: 0; border-radius: .3rem;
  background: var(--rule); color: var(--covered-edge); overflow: hidden;
}
progress::-webkit-progress-bar { background: var(--rule); }
progress::-webkit-progress-value { background: var(--covered-edge); }
progress::-moz-progress-bar { background: var(--covered-edge); }
.file { border: 1px solid var(--rule); border-radius: .4rem; overflow: hidden; }
.line, summary.line { display: grid; grid-template-columns: 3.5rem 1.5rem minmax(0, 1fr) auto; }
.line {
  border-left: .25rem solid transparent; font: .85rem/1.55 ui-monospace, Consolas, monospace;
}
.line .at { color: var(--dim); text-align: right; padding-right: .75rem; user-select: none; }
.line code { font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; }
.line .note {
  color: var(--dim); padding: 0 .75rem; max-width: 26rem; text-align: right;
  overflow: hidden; text-overflow: ellipsis; white-space: nowrap;
}
.covered { background: var(--covered); border-color: var(--covered-edge); }
.partly { background: var(--partly); border-color: var(--partly-edge); }
.never { background: var(--never); border-color: var(--never-edge); }
.covered .mark { color: var(--covered-edge); }
.partly .mark { color: var(--partly-edge); }
.never .mark { color: var(--never-edge); }
summary { cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary:hover .note, summary:focus-visible .note { text-decoration: underline; }
.missing { background: var(--card); padding: .5rem 1rem .75rem 5.25rem; }
.missing p { margin: .5rem 0 .25rem; }
.missing pre, .missing code { font: .85rem/1.5 ui-monospace, Consolas, monospace; }
.missing pre {
  margin: 0; padding: .5rem .75rem; background: var(--back); border: 1px solid var(--rule);
  border-radius: .3rem; white-space: pre-wrap; overflow-wrap: anywhere;
}
details.list { margin: .75rem 0; }
details.list summary { text-decoration: underline; }
@media (max-width: 45rem) {
  body { padding: 1rem .5rem; }
  .line, summary.line { grid-template-columns: 2.5rem 1.25rem minmax(0, 1fr); }
  .line .note { grid-column: 3; text-align: left; padding: 0; white-space: normal; }
  .missing { padding-left: 1rem; }
  progress { width: 4rem; }
}
"""
