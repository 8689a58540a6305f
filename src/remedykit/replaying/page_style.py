"""How the page of a replay looks: in light and in dark, wide and narrow."""

STYLE = """
:root {
  color-scheme: light dark;
  --text: #1f2328; --dim: #59636e; --back: #ffffff; --card: #f6f8fa; --rule: #d8dee4;
  --line: #8c959f; --mark: #1f2328; --avoidable: #cf222e; --lost: #ffebe9;
  --apology: #e2d5fb; --explanation: #cfe4ff; --fix: #bdecc9; --perk: #fde3a7; --desk: #ffd3cd;
  --todo: #d8dee9;
  --taken: #d0d7de; --planned: #bdecc9;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e6edf3; --dim: #9198a1; --back: #0d1117; --card: #161b22; --rule: #272d35;
    --line: #6e7681; --mark: #e6edf3; --avoidable: #ff7b72; --lost: #2d1618;
    --apology: #4a3579; --explanation: #1c4a82; --fix: #1d5c31; --perk: #6a4e0d; --desk: #7a2c27;
  --todo: #3b4252;
    --taken: #3d444d; --planned: #1d5c31;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1.5rem; max-width: 72rem; background: var(--back); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", sans-serif;
}
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
p { margin: .25rem 0 .75rem; max-width: 48rem; overflow-wrap: anywhere; }
.dim { color: var(--dim); }
.cards { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0; padding: 0; }
.cards > div {
  flex: 1 1 14rem; padding: .75rem 1rem; background: var(--card);
  border: 1px solid var(--rule); border-radius: .5rem;
}
.cards dt { font-size: 1.35rem; font-weight: 600; }
.cards dd { margin: 0; color: var(--dim); font-size: .9rem; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; padding: 0; }
.legend li { color: var(--dim); font-size: .9rem; }
.legend svg { width: 1.1rem; height: .8rem; vertical-align: -.05rem; margin-right: .35rem; }
.picture { display: block; width: 100%; height: auto; margin: .5rem 0; }
.picture.narrow { display: none; }
.picture text { fill: var(--text); font-family: system-ui, -apple-system, "Segoe UI", sans-serif; }
.picture .name { font-size: 13px; }
.picture .heading { font-size: 14px; font-weight: 600; }
.picture .label { font-size: 11.5px; }
.picture .day { font-size: 11.5px; font-weight: 600; }
.picture .date { font-size: 11.5px; }
.picture .day, .picture .date { paint-order: stroke; stroke: var(--back); stroke-width: 4px; }
.picture .small { font-size: 10px; fill: var(--dim); }
.grid, .rule { stroke: var(--rule); stroke-width: 1; }
.rule { opacity: .6; }
.axis { stroke: var(--line); stroke-width: 2; }
.tick { stroke: var(--line); stroke-width: 1; }
line.instant { stroke: var(--line); stroke-width: 1; stroke-dasharray: 3 4; }
polygon.instant { fill: var(--back); stroke: var(--text); stroke-width: 1.5; }
.mark { fill: var(--mark); stroke: var(--back); stroke-width: 1.5; }
.mark.avoidable { fill: var(--back); stroke: var(--avoidable); stroke-width: 2.5; }
.lost { fill: var(--lost); }
.bar { stroke: var(--back); stroke-width: 1; }
.bar.apology { fill: var(--apology); }
.bar.explanation { fill: var(--explanation); }
.bar.fix { fill: var(--fix); }
.bar.perk { fill: var(--perk); }
.bar.desk { fill: var(--desk); }
.bar.todo { fill: var(--todo); }
.bar.taken { fill: var(--taken); }
.bar.planned { fill: var(--planned); }
.bar.saved { fill: none; stroke: var(--line); stroke-dasharray: 4 3; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td {
  text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0;
  border-bottom: 1px solid var(--rule); overflow-wrap: anywhere;
}
td.number, td.when { white-space: nowrap; font-variant-numeric: tabular-nums; color: var(--dim); }
th:nth-child(n + 3) { width: 28%; }
td ul { margin: 0; padding: 0; list-style: none; }
tr.time td { background: var(--card); }
@media (max-width: 56rem) {
  .picture.wide { display: none; }
  .picture.narrow { display: block; max-width: 30rem; }
}
@media (max-width: 44rem) {
  body { padding: 1rem .75rem; }
  thead { display: none; }
  table, tbody, tr, td { display: block; width: 100%; }
  tr { border-bottom: 1px solid var(--rule); padding: .5rem 0; }
  td { border: 0; padding: .1rem 0; }
  td:empty { display: none; }
  td.number { display: inline; }
  td.when { display: inline; margin-left: .5rem; }
  td[data-head]::before {
    content: attr(data-head); display: block; color: var(--dim); font-size: .8rem;
  }
}
@media print { body { max-width: none; padding: 0; } }
"""
