// sbom.mjs RID BINARY [ROOT]: what the binary is made of as CycloneDX 1.6, on standard output; with ROOT, the unpacked base of the image, the
// image's Debian packages as well. Nothing is random and no clock is read: BILL_DATE, seconds since 1970, is the only date.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compiler, npmComponents, nugetComponents, runtimeComponents } from './components.mjs';

const [rid, binary, root] = process.argv.slice(2);
const version = /<Version>([^<]+)</.exec(readFileSync('Directory.Build.props', 'utf8'))[1];
const digest = createHash('sha256').update(readFileSync(binary)).digest('hex');
const debianLicenses = { 'base-files': 'GPL-2.0-or-later', 'ca-certificates': 'MPL-2.0', libc6: 'LGPL-2.1-or-later', libssl3: 'Apache-2.0' };

const terms = (ids) => ({ licenses: ids.length > 1 ? [{ expression: ids.join(' AND ') }] : [{ license: { id: ids[0] } }] });

function component({ name, version, licenses, copyright, purl, sha512 }, more = {}) {
    return {
        type: 'library',
        'bom-ref': purl,
        name,
        version,
        ...more,
        ...(sha512 && { hashes: [{ alg: 'SHA-512', content: sha512 }] }),
        ...terms(licenses),
        ...(copyright && { copyright }),
        purl,
    };
}

function debianPackages() {
    const folder = join(root, 'var/lib/dpkg/status.d');
    return readdirSync(folder)
        .sort()
        .map((file) => {
            const field = (name) => new RegExp(`^${name}: (.*)$`, 'm').exec(readFileSync(join(folder, file), 'utf8'))?.[1];
            const [name, version] = [field('Package'), field('Version')];
            const purl = `pkg:deb/debian/${name}@${encodeURIComponent(version)}?arch=${field('Architecture')}&distro=debian-12`;
            return { name, version, licenses: [debianLicenses[name]], purl };
        });
}

const nuget = nugetComponents();
const linked = [...nuget, ...nuget.flatMap(({ also }) => also ?? []), ...runtimeComponents(rid), ...npmComponents()];
const debian = root ? debianPackages() : [];
const refs = new Map(linked.map(({ name, purl }) => [name, purl]));
const self = root ? `pkg:generic/beacon-image@${version}?platform=${rid}` : `pkg:generic/beacon@${version}?platform=${rid}`;
const needs = (part) => (part.needs ?? []).map((name) => refs.get(name)).filter(Boolean).concat(part.also ? [part.also.purl] : []).sort();
const hex = createHash('sha256').update(self + digest + JSON.stringify(debian)).digest('hex');
// An identity that follows from the content, in the form of a name-based UUID.
const serial = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;

const bom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${serial}`,
    version: 1,
    metadata: {
        timestamp: new Date(Number(process.env.BILL_DATE) * 1000).toISOString().replace('.000Z', 'Z'),
        tools: { components: [{ type: 'application', name: 'eng/sbom.sh', version }] },
        component: {
            type: root ? 'container' : 'application',
            'bom-ref': self,
            name: 'beacon',
            version,
            description: `Beacon for ${rid}${root ? ', as a container image' : ''}`,
            ...(root ? {} : { hashes: [{ alg: 'SHA-256', content: digest }] }),
            ...terms(['MIT']),
            purl: self,
        },
    },
    components: [
        ...linked.map((part) => component(part)),
        ...debian.map((part) => component(part)),
        // Not in the binary, but what made it: whoever hears of a bug in the compiler looks here.
        component(compiler(rid), { scope: 'excluded' }),
    ],
    dependencies: [
        { ref: self, dependsOn: [...linked, ...debian].map(({ purl }) => purl).sort() },
        ...linked.map((part) => ({ ref: part.purl, dependsOn: needs(part) })),
        ...debian.map(({ purl }) => ({ ref: purl, dependsOn: [] })),
    ],
};
process.stdout.write(`${JSON.stringify(bom, null, 2)}\n`);
