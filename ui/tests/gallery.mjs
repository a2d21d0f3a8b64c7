// The pictures of the Umbrel store, 1440 × 900: node tests/gallery.mjs FOLDER, in a network whose eth0 is 192.168.1.2/24. See eng/gallery.sh.
import { join } from 'node:path';
import { Beacon } from './beacon.mjs';
import { launch } from './browser.mjs';
import { household } from './household.mjs';
import { Target } from './target.mjs';

const folder = process.argv[2];
const viewport = { width: 1440, height: 900 };
const checked = ['home assistant', 'nextcloud', 'jellyfin', 'grafana', 'adguard home', 'node-red'];
const failing = 'paperless';
const settling = 6_000;
const seconds = 200;

const beacon = await Beacon.start(['--mdns', 'on', '--mdns-interface', 'eth0', '--health-allow', '127.0.0.0/8']);
const target = await Target.start();
const broken = await Target.start();
broken.status = 502;
const browser = await launch();
const ids = new Map();
try {
    for (const service of household) {
        const check = service.name === failing ? broken.url : checked.includes(service.name) ? target.url : undefined;
        const health = check && { health_check_url: check, health_check_interval: 30, health_check_retries: 1 };
        ids.set(service.name, (await beacon.register({ ...service, ttl: service.ttl * 10, ...health })).service_id);
    }

    const open = async (path, colorScheme) => {
        const context = await browser.newContext({ viewport, colorScheme, locale: 'en' });
        const page = await context.newPage();
        await page.goto(beacon.url + path);
        await page.locator('[data-state=live]').first().waitFor({ state: 'attached' });
        return page;
    };

    // Some minutes of a household's life, so that the pages have something to tell.
    const overview = await open('/', 'light');
    // All but the one that goes and comes back.
    const all = [...ids.keys()].filter((name) => name !== 'loki');
    for (let i = 0; i < seconds; i++) {
        const name = all[(i * 5) % all.length];
        await beacon.send('PUT', `/services/${ids.get(name)}/heartbeat`);
        if (i % 4 === 0) await beacon.send('POST', `/services/${ids.get('nextcloud')}/check`).catch(() => undefined);
        if (i % 9 === 0)
            await beacon.send('PUT', `/services/${ids.get(all[((i / 9) * 5) % all.length])}`, {
                metadata: { seen: `${i}` },
            });
        if (i === seconds - 20) await beacon.send('DELETE', `/services/${ids.get('loki')}`);
        if (i === seconds - 10) await beacon.register(household.find(({ name }) => name === 'loki'));
        await new Promise((resolve) => setTimeout(resolve, 1_000));
    }

    await overview.screenshot({ path: join(folder, '1.png') });
    for (const [name, path, colorScheme] of [
        ['2', '/services', 'dark'],
        ['3', `/services/${ids.get('nextcloud')}`, 'light'],
        ['4', '/network', 'dark'],
    ]) {
        const page = await open(path, colorScheme);
        if (name === '3') await page.getByRole('button', { name: /^1h/ }).click();
        await page.waitForTimeout(settling);
        await page.screenshot({ path: join(folder, `${name}.png`) });
        await page.close();
    }
} finally {
    await browser.close();
    await target.end();
    await broken.end();
    await beacon.end();
}
