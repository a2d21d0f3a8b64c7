// What is inside the binary for one runtime identifier, read from the lock files, from the packages that they name, and from what the bundler
// wrote down of the dashboard. Nothing is asked of a network, and the order is always the same.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { named } from './notices.mjs';

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

const copyrights = (text) => text.split('\n').filter((line) => /^\s*copyright\b/i.test(line) && /\d{4}|\(c\)/i.test(line)).map((line) => line.trim());
const fileOf = (folder) => readdirSync(folder).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));

/** The licences of a package: the one that it declares, and any other whose text is in its licence file. */
function licensesOf(name, declared, text) {
    const found = text ? named(text).used : new Set([declared]);
    if (!found.has(declared)) throw new Error(`${name} says ${declared}, but its licence file is another text`);
    return [declared, ...[...found].filter((id) => id !== declared)];
}

function nuget(name, version) {
    const folder = packageFolder(name, version);
    if (!existsSync(folder)) throw new Error(`${name} ${version} is not in the package cache: run dotnet restore first`);
    const spec = readFileSync(join(folder, readdirSync(folder).find((file) => file.endsWith('.nuspec'))), 'utf8');
    const file = fileOf(folder);
    const text = file && readFileSync(join(folder, file), 'utf8').replace(/\r/g, '');
    const wrapsSqlite = name === 'SQLitePCLRaw.lib.e_sqlite3';
    return {
        name: element(spec, 'id'),
        version,
        // The package is a wrapper around SQLite itself and has its number.
        licenses: wrapsSqlite ? ['blessing'] : licensesOf(name, /<license type="expression">([^<]+)</.exec(spec)[1], text),
        copyright: wrapsSqlite
            ? 'SQLite is in the public domain'
            : [...(text ? copyrights(text) : []), plain(element(spec, 'copyright') ?? `Copyright ${element(spec, 'authors')}`)].join('\n'),
        ...(wrapsSqlite && { also: { name: 'sqlite', version, licenses: ['blessing'], needs: [], purl: `pkg:generic/sqlite@${version}` } }),
        purl: `pkg:nuget/${element(spec, 'id')}@${version}`,
    };
}

/** The packages of the lock file that are linked, and their dependencies upon each other. */
export function nugetComponents() {
    const locked = json(lockFile).dependencies['net10.0'];
    const packages = Object.entries(locked).filter(([, entry]) => entry.type !== 'Project');
    return packages
        .filter(([name, entry]) => isLinked(packageFolder(name, entry.resolved)) && !unreachable.includes(name))
        .map(([name, entry]) => ({ ...nuget(name, entry.resolved), needs: Object.keys(entry.dependencies ?? {}) }))
        .sort(byName);
}

/** .NET's own part: the version of its packs is the compiler's. */
export function runtimeComponents(rid) {
    const version = json(lockFile).dependencies['net10.0']['Microsoft.DotNet.ILCompiler'].resolved;
    return [`Microsoft.AspNetCore.App.Runtime.${rid}`, `Microsoft.NETCore.App.Runtime.NativeAOT.${rid}`].map((name) => nuget(name, version));
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
            const file = fileOf(folder);
            const text = file && readFileSync(join(folder, file), 'utf8');
            const people = [author, ...(contributors ?? [])].filter(Boolean).map((person) => person.name ?? person);
            return {
                name,
                version,
                licenses: licensesOf(name, license, text),
                copyright: (text && copyrights(text).join('\n')) || `Copyright ${people.join(', ')}`,
                purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
                sha512: Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex'),
                needs: Object.keys(lock[path].dependencies ?? {}),
            };
        })
        .sort(byName);
}
