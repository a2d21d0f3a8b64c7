import assert from 'node:assert/strict';
import { household } from '../household.mjs';
import { checkAccessibility, checkFits, desktop, live, phone, picture, scenario, wall } from '../scenario.mjs';
import { Target } from '../target.mjs';

const shown = ['--status-page', 'family,automation,*', '--status-title', 'Our home', '--health-allow', '127.0.0.0/8'];
const looks = [
    ['light', { viewport: desktop }],
    ['dark', { viewport: desktop, scheme: 'dark', locale: 'de' }],
    ['phone', { viewport: phone, hasTouch: true }],
    ['phone-dark', { viewport: phone, scheme: 'dark', hasTouch: true, locale: 'de' }],
    ['wall', { viewport: wall }],
];

/** A home in which one service fails, one is maintained, and one has a name that is meant to break the page. */
const furnish = async (beacon) => {
    // A target for each state: every service is checked again while the pages are looked at.
    const [well, ill] = [await Target.start(), await Target.start()];
    ill.status = 500;
    const checked = { host: 'localhost', ttl: 3600, tags: ['family'], health_check_retries: 1 };
    await beacon.registerAll(household, 1);
    const up = await beacon.register({ name: 'photo frame', port: 81, health_check_url: well.url, ...checked });
    await beacon.send('POST', `/services/${up.service_id}/check`);
    const down = await beacon.register({ name: 'wiki', port: 82, health_check_url: ill.url, ...checked });
    await beacon.send('POST', `/services/${down.service_id}/check`);
    const planned = await beacon.register({ name: 'archive', port: 83, health_check_url: ill.url, ...checked });
    await beacon.send('PUT', `/services/${planned.service_id}/maintenance`, { duration: 3600, reason: 'A new disk' });
    const name = '<script>document.title="x"</script>\u202e' + 'M'.repeat(60);
    await beacon.register({ name, host: 'localhost', port: 84, ttl: 3600 });
    return () => Promise.all([well.end(), ill.end()]);
};

scenario(
    'the status page fits, loads nothing else, and axe finds nothing',
    async ({ beacon, open }) => {
        const endTargets = await furnish(beacon);
        for (const [look, as] of looks) {
            const page = await open('/status', as);
            const asked = [];
            page.on('request', (request) => asked.push(request.url()));
            await page.reload();
            assert.deepEqual(asked, [`${beacon.url}/status`], look);
            const text = await page.locator('body').innerText();
            assert.match(text, as.locale === 'de' ? /1 Dienst ist gestört/ : /1 service has trouble/, look);
            assert.match(text, as.locale === 'de' ? /wiki: unerwartete Antwort/ : /wiki: unexpected answer/, look);
            assert.doesNotMatch(text, /192\.168|localhost|127\.0|8123|answered 500/, look);
            assert.notEqual(await page.title(), 'x');
            await checkFits(page, look);
            await checkAccessibility(page, look);
            await picture(page, `status-${look}`);
        }
        await endTargets();
    },
    shown,
);

scenario(
    'the status page works without scripts: language, reloading, and a link to it among the settings',
    async ({ beacon, open }) => {
        const page = await open('/status', { viewport: phone, javaScriptEnabled: false });
        await page.getByRole('heading', { level: 1, name: 'Our home' }).waitFor();
        await page.getByRole('heading', { level: 2, name: 'There is nothing to show yet' }).waitFor();
        await page.getByRole('link', { name: 'Deutsch' }).click();
        await page.getByRole('heading', { level: 2, name: 'Noch gibt es nichts zu zeigen' }).waitFor();
        await page.getByRole('link', { name: 'Nicht mehr neu laden' }).click();
        await page.getByRole('link', { name: 'Jede Minute neu laden' }).waitFor();
        assert.match(page.url(), /\?lang=de&refresh=off$/);
        const dashboard = await open('/settings');
        await live(dashboard);
        await dashboard.getByRole('link', { name: 'The public status page' }).click();
        await dashboard.getByRole('heading', { level: 1, name: 'Our home' }).waitFor();
        assert.equal(dashboard.url(), `${beacon.url}/status`);
    },
    shown,
);

scenario('without the setting there is no status page, and no link to one', async ({ beacon, open }) => {
    const dashboard = await open('/settings');
    await live(dashboard);
    await dashboard.getByText('BEACON_STATUS_PAGE', { exact: true }).waitFor();
    assert.equal(await dashboard.getByRole('link', { name: 'The public status page' }).count(), 0);
    const answer = await fetch(`${beacon.url}/status`);
    assert.equal(answer.status, 404);
    assert.match(await answer.text(), /BEACON_STATUS_PAGE/);
});
