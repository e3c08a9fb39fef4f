// usage: node typst.mjs NODE_MODULES FILE.typ OUT.pdf: Typst's compiler, with the fonts of the page set-up.
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'

const [modules, source, target] = process.argv.slice(2)
const { NodeCompiler } = createRequire(`${modules}/`)('@myriaddreamin/typst-ts-node-compiler')
const compiler = NodeCompiler.create({
	workspace: dirname(source),
	fontArgs: [{ fontPaths: ['/usr/share/fonts/opentype/noto', '/usr/share/fonts/truetype/lxgw-wenkai'] }],
})
writeFileSync(target, compiler.pdf({ mainFilePath: source }))
