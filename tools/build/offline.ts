import { VitePWA } from 'vite-plugin-pwa';

/** The whole site works without a network: everything that the build emits is precached by a service worker. */
export const offline = () =>
  VitePWA({
    // Never reload under a learner's unsaved work: the page asks.
    registerType: 'prompt',
    injectRegister: false,
    manifest: {
      // No `id`: it would resolve against the origin, and two sites on one host would be one app.
      name: 'Eventarium',
      short_name: 'Eventarium',
      description: 'Watch events: learn event-driven architecture by seeing every event travel.',
      start_url: './',
      scope: './',
      display: 'standalone',
      theme_color: '#0d1015',
      background_color: '#0d1015',
      icons: [
        { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
        { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
        { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
        { src: 'icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
      ],
    },
    workbox: {
      globPatterns: ['**/*.{js,css,html,svg,png,ttf,woff2,webmanifest,json}'],
      // TypeScript in Monaco's worker alone is 4.4 MB.
      maximumFileSizeToCacheInBytes: 8 * 1024 * 1024,
      navigateFallback: 'index.html',
      cleanupOutdatedCaches: true,
    },
  });
