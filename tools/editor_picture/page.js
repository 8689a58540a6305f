// Two editors with the schema of `nurture`: a message about a mistake, and what is offered.
import 'monaco-editor/esm/vs/editor/editor.all.js'
import 'monaco-editor/esm/vs/basic-languages/yaml/yaml.contribution.js'
import * as monaco from 'monaco-editor/esm/vs/editor/editor.api.js'
import { configureMonacoYaml } from 'monaco-yaml'

const WORKERS = { yaml: 'yaml.worker.js', editorWorkerService: 'editor.worker.js' }
window.MonacoEnvironment = { getWorker: (_, label) => new Worker(WORKERS[label]) }

const MISTAKE = `rules:
  - id: lost.reship
    when:
      incident.kind: lost_package
      customer.tier: diamond
    offer: reship
`
const COMPLETION = `rules:
  - id: gold.express
    when:
      incident.kind: lost_package
      incident.de
`

function edit(place, name, text) {
  const model = monaco.editor.createModel(text, 'yaml', monaco.Uri.parse(`file:///${name}`))
  return monaco.editor.create(document.getElementById(place), {
    model,
    automaticLayout: true,
    fontSize: 14,
    minimap: { enabled: false },
    hover: { above: false },
    renderLineHighlight: 'none',
    scrollBeyondLastLine: false,
  })
}

async function marked(model) {
  while (monaco.editor.getModelMarkers({ resource: model.uri }).length === 0) {
    await new Promise((done) => setTimeout(done, 100))
  }
}

async function show() {
  const schema = await (await fetch('policy.schema.json')).json()
  const uri = 'file:///policy.schema.json'
  configureMonacoYaml(monaco, {
    schemas: [{ uri, fileMatch: ['*.yaml'], schema }],
  })
  const mistake = edit('mistake', 'parcels.yaml', MISTAKE)
  const completion = edit('completion', 'gold.yaml', COMPLETION)
  await marked(mistake.getModel())
  mistake.setPosition({ lineNumber: 5, column: 26 })
  mistake.trigger('picture', 'editor.action.showHover')
  completion.focus()
  completion.setPosition({ lineNumber: 5, column: 18 })
  completion.trigger('picture', 'editor.action.triggerSuggest')
  await new Promise((done) => setTimeout(done, 3000)) // both have faded in by then
  await fetch('shown')
}

show()
