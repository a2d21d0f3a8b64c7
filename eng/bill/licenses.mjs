// The list of licences of all that is inside the binary, on standard output: components first, then the notices that come with .NET, then
// each licence text once.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { npmComponents, nugetComponents, packageFolder, runtimeComponents } from './components.mjs';
import { named, sections, texts } from './notices.mjs';

// The same list for every processor: the packs differ by nothing that a licence speaks of.
const rid = 'linux-x64';
// Parts of ASP.NET that only its templates and its runtime for browsers have.
const notHere = /^(viz\.js|Angular|West Wind|cli-spinners|Swashbuckle|Mono|AngleSharp|Bootstrap|fast-text-encoding|HTML5|Normalize|css-|micro-clearfix|jQuery|dotnet-deb-tool|IIS-Setup)/;
const used = new Set();
const out = [];
const heading = (text, line) => out.push('', text, line.repeat(text.length), '');

function component({ name, version, licenses, copyright }) {
    for (const id of licenses) {
        if (!texts.has(id) && id !== 'blessing') throw new Error(`${name} is under ${id}, whose text is not in eng/bill/texts`);
        used.add(id);
    }
    out.push(`${name} ${version}`, `  ${licenses.join(', ').replace('blessing', 'public domain')}`, ...copyright.split('\n').map((line) => `  ${line}`), '');
}

const version = /<Version>([^<]+)</.exec(readFileSync('Directory.Build.props', 'utf8'))[1];
const own = /^Copyright.*$/m.exec(readFileSync('LICENSE', 'utf8'))[0];
const npm = npmComponents();
const runtime = runtimeComponents(rid).map((pack) => ({ ...pack, name: pack.name.replace(`.${rid}`, '') }));

out.push('What the Beacon binary is made of, and under which licences. Made by eng/licenses.sh.');
heading('Components', '=');
component({ name: 'Beacon', version, licenses: ['MIT'], copyright: own });
heading('.NET', '-');
runtime.forEach(component);
heading('NuGet packages', '-');
nugetComponents().forEach(component);
heading("The dashboard's files", '-');
npm.forEach(component);

heading('Notices that come with .NET', '=');
out.push('.NET and ASP.NET contain code of others, among it zlib-ng, Brotli and libunwind. What they say of it:', '');
const seen = new Set();
for (const pack of runtime.toReversed()) {
    const folder = packageFolder(`${pack.name}.${rid}`, pack.version);
    for (const { title, text } of sections(join(folder, readdirSync(folder).find((file) => /^third-party-notices\.txt$/i.test(file))))) {
        if (pack.name.includes('AspNetCore') && notHere.test(title)) continue;
        const short = named(text);
        short.used.forEach((id) => used.add(id));
        if (seen.has(short.text + title)) continue;
        seen.add(short.text + title);
        heading(title, '-');
        out.push(short.text);
    }
}

for (const [id, text] of texts) {
    if (!used.has(id)) continue;
    heading(`The ${id} text`, '=');
    out.push(text);
}

process.stdout.write(`${out.map((line) => line.replace(/[ \t]+$/gm, '')).join('\n').replace(/\n{3,}/g, '\n\n').trim()}\n`);
