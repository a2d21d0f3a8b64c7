// What is inside the binary for one runtime identifier, read from the lock files, from the packages that they name, and from what the bundler
// wrote down of the dashboard. Nothing is asked of a network, and the order is always the same.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const lockFile = 'src/Beacon.Aot/packages.lock.json';
const bundled = 'ui/dist/.vite/packages.json';
const cache = process.env.NUGET_PACKAGES || join(homedir(), '.nuget/packages');

/** Brought by MongoDB's driver, but cut off by Mongo.Substitutions.xml: the compiler finds no way to them. */
export const unreachable = ['SharpCompress', 'Snappier', 'ZstdSharp.Port'];

const byName = (a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1);
const json = (path) => JSON.parse(readFileSync(path, 'utf8'));
const element = (xml, name) => new RegExp(`<${name}(?: [^>]*)?>([^<]*)</${name}>`).exec(xml)?.[1].trim();
const plain = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

export const packageFolder = (name, version) => join(cache, name.toLowerCase(), version);

/** A package has something to link if it brings assemblies or archives; analyzers and build steps do not. */
const isLinked = (folder) => ['lib', 'runtimes'].some((part) => existsSync(join(folder, part)));

function nuget(name, version) {
    const folder = packageFolder(name, version);
    if (!existsSync(folder)) throw new Error(`${name} ${version} is not in the package cache: run dotnet restore first`);
    const spec = readFileSync(join(folder, readdirSync(folder).find((file) => file.endsWith('.nuspec'))), 'utf8');
    const expression = /<license type="expression">([^<]+)</.exec(spec)?.[1];
    return {
        kind: 'nuget',
        name: element(spec, 'id'),
        version,
        license: expression,
        copyright: plain(element(spec, 'copyright') ?? `Copyright ${element(spec, 'authors')}`),
        purl: `pkg:nuget/${element(spec, 'id')}@${version}`,
        folder,
    };
}

/** The packages of the lock file that are linked, and their dependencies upon each other. */
export function nugetComponents() {
    const locked = json(lockFile).dependencies['net10.0'];
    const packages = Object.entries(locked).filter(([, entry]) => entry.type !== 'Project');
    const linked = packages
        .filter(([name, entry]) => isLinked(packageFolder(name, entry.resolved)) && !unreachable.includes(name))
        .map(([name, entry]) => ({ ...nuget(name, entry.resolved), needs: Object.keys(entry.dependencies ?? {}) }));
    for (const component of linked) {
        if (component.name !== 'SQLitePCLRaw.lib.e_sqlite3') continue;
        // The package is a wrapper around SQLite itself and has its number.
        component.license = 'blessing';
        component.copyright = 'None: SQLite is in the public domain';
        component.also = { name: 'sqlite', version: component.version.split('.').slice(0, 3).join('.'), purl: `pkg:generic/sqlite@${component.version}` };
    }
    return linked.sort(byName);
}

/** .NET's own part: the version of its packs is the compiler's. */
export function runtimeComponents(rid) {
    const version = json(lockFile).dependencies['net10.0']['Microsoft.DotNet.ILCompiler'].resolved;
    return [`Microsoft.AspNetCore.App.Runtime.${rid}`, `Microsoft.NETCore.App.Runtime.NativeAOT.${rid}`].map((name) => ({ ...nuget(name, version), runtime: true }));
}

/** What compiles and is not in the binary. */
export const compiler = (rid) => nuget(`runtime.${rid}.Microsoft.DotNet.ILCompiler`, json(lockFile).dependencies['net10.0']['Microsoft.DotNet.ILCompiler'].resolved);

/** The packages whose code or styles are in the dashboard's files. */
export function npmComponents() {
    const lock = json('ui/package-lock.json').packages;
    return json(bundled)
        .map((path) => {
            const folder = join('ui', path);
            const { name, author, contributors } = json(join(folder, 'package.json'));
            const { version, integrity, license } = lock[path];
            const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
            const text = file && readFileSync(join(folder, file), 'utf8');
            const people = [author, ...(contributors ?? [])].filter(Boolean).map((person) => person.name ?? person);
            return {
                kind: 'npm',
                name,
                version,
                license,
                copyright: text?.split('\n').filter((line) => /^\s*copyright\b.*\d{4}/i.test(line)).map((line) => line.trim()).join('\n') || `Copyright ${people.join(', ')}`,
                purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
                sha512: Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex'),
                text,
                needs: Object.keys(lock[path].dependencies ?? {}),
            };
        })
        .sort(byName);
}
