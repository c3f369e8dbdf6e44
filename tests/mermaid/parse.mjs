// Parses each file that is named with the real Mermaid; one line each: ok, or what is wrong.
// Where its packages are is the folder in MERMAID_FOLDER.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const folder = process.env.MERMAID_FOLDER;
const require = createRequire(pathToFileURL(`${folder}/package.json`));
const { JSDOM } = require("jsdom");
const { window } = new JSDOM("");
globalThis.window = window;
globalThis.document = window.document;
const entry = `${folder}/node_modules/mermaid/dist/mermaid.core.mjs`;
const mermaid = (await import(pathToFileURL(entry))).default;

for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, "utf8");
  try {
    const { diagramType } = await mermaid.parse(text);
    const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
    const edges = diagram.db.getEdges().length;
    const vertices = [...diagram.db.getVertices().values()];
    const labels = vertices.map((vertex) => vertex.text ?? vertex.id).join("|").replace(/\n/g, "?");
    console.log(`ok ${diagramType} ${vertices.length} ${edges} ${labels}`);
  } catch (error) {
    console.log(`wrong: ${String(error.message).replace(/\n/g, " ")}`);
  }
}
