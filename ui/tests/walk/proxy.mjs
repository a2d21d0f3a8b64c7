import assert from 'node:assert/strict';
import { live, scenario, until } from '../scenario.mjs';
import { Proxy } from '../proxy.mjs';

const walk = async ({ beacon, open }) => {
    const { service_id: id } = await beacon.register({
        name: 'nas',
        host: '192.0.2.9',
        port: 5000,
        ttl: 3600,
        tags: ['home'],
    });
    const proxy = await Proxy.start(beacon.port, '/apps/beacon');
    try {
        const page = await open('/services');
        const strays = [];

        // The page that was opened without the proxy asks Beacon itself until it is left.
        await live(page);
        await page.goto(`${proxy.url}/`);
        await live(page);
        page.on('request', (request) => {
            if (!request.url().replace(/^ws/, 'http').startsWith(`${proxy.url}/`)) strays.push(request.url());
        });
        for (const [path, text] of [
            ['/', 'Overview'],
            ['/services?tag=home', 'nas'],
            [`/services/${id}`, '192.0.2.9:5000'],
            [`/services/${id}/edit`, 'Name'],
            ['/events', 'nas'],
            ['/settings', 'BEACON_PORT'],
        ]) {
            await page.goto(proxy.url + path);
            await live(page);
            await page.getByText(text).first().waitFor({ state: 'attached' });
            await page.reload();
            await live(page);
        }

        await page.goto(`${proxy.url}/services/${id}`);
        await page.getByRole('link', { name: 'All services' }).click();
        await until('the list is there', () => page.url() === `${proxy.url}/services`);
        await beacon.register({ name: 'came later', host: '192.0.2.10', port: 80, ttl: 3600 });
        await page.getByText('came later').first().waitFor();

        // What changes something passes the check of its origin too.
        await page.goto(`${proxy.url}/services/${id}`);
        await page.getByRole('button', { name: /1 d/ }).click();
        await until('the lease is longer', async () => {
            const service = await beacon.send('GET', `/services/${id}`);
            return Date.parse(service.expires_at) - Date.now() > 80_000_000;
        });
        assert.deepEqual(strays, []);
    } finally {
        proxy.end();
    }
};

scenario('it works below a path that a proxy puts in front, deep links, reloads and live events included', walk);
