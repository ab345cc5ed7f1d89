package io.dokploy.builder.staticsite;

/**
 * The texts of the image: Dockerfile and nginx configuration. Nothing of them comes from the site, and of the settings
 * only the port and the image's checked reference: there is nothing to escape.
 */
final class NginxFiles {

    private static final String SITE = "/srv/site";
    private static final String PAGES = "/srv/pages";

    private static final String ASSETS =
            "js|mjs|css|map|json|wasm|png|jpe?g|gif|webp|avif|svg|ico|woff2?|ttf|otf|eot|mp3|mp4|webm|pdf|zip|txt|xml";

    private final StaticSettings settings;
    private final boolean ownNotFoundPage;

    NginxFiles(StaticSettings settings, boolean ownNotFoundPage) {
        this.settings = settings;
        this.ownNotFoundPage = ownNotFoundPage;
    }

    /** Its context has the directories {@code site} and {@code pages}, and {@code nginx.conf}. */
    String dockerfile() {
        return """
                FROM %s
                COPY nginx.conf /etc/nginx/nginx.conf
                COPY pages/ %s/
                COPY site/ %s/
                USER nginx
                EXPOSE %d
                STOPSIGNAL SIGQUIT
                ENTRYPOINT ["nginx", "-e", "/dev/stderr", "-g", "daemon off;"]
                CMD []
                """.formatted(settings.baseImage(), PAGES, SITE, settings.port());
    }

    /**
     * The whole configuration, so that it is the same with every image of nginx. Idle connections are kept longer than
     * routers keep them (Traefik: 90 s), so that it is never nginx that closes one just as it is used.
     */
    String configuration() {
        return """
                worker_processes 2;
                pid /tmp/nginx.pid;
                error_log /dev/stderr warn;
                events {
                    worker_connections 1024;
                }
                http {
                    include /etc/nginx/mime.types;
                    default_type application/octet-stream;
                    charset utf-8;
                    access_log /dev/stdout;
                    client_body_temp_path /tmp/client_body;
                    proxy_temp_path /tmp/proxy;
                    fastcgi_temp_path /tmp/fastcgi;
                    uwsgi_temp_path /tmp/uwsgi;
                    scgi_temp_path /tmp/scgi;
                    sendfile on;
                    tcp_nopush on;
                    keepalive_timeout 120s;
                    server_tokens off;
                    absolute_redirect off;
                    disable_symlinks on;
                %s%s    server {
                        listen %d;
                        root %s;
                        index index.html;
                        error_page 403 404 =404 @not_found;
                        location ~ (^|/)\\.(?!well-known(/|$)) {
                            return 404;
                        }
                %s        location @not_found {
                            %s
                        }
                    }
                }
                """.formatted(compression(), caching(), settings.port(), SITE, locations(), notFound());
    }

    private String compression() {
        return settings.compression() ? """
                gzip on;
                gzip_vary on;
                gzip_proxied any;
                gzip_comp_level 5;
                gzip_min_length 256;
                gzip_types text/plain text/css text/xml text/javascript application/javascript
                    application/json application/manifest+json application/xml application/rss+xml
                    application/wasm image/svg+xml font/ttf font/otf;
                """.indent(4) : "";
    }

    /** Names with a hash: as webpack and esbuild write them, as Vite does, and the folders of Next, Astro, SvelteKit. */
    private String caching() {
        return switch (settings.cacheHeaders()) {
            case NONE -> "";
            case REVALIDATE -> "    add_header Cache-Control no-cache;\n";
            case HASHED_FILES -> """
                    map $uri $cache_control {
                        default "no-cache";
                        "~\\.html?$" "no-cache";
                        "~[._-](?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{8,64}\\.[a-z0-9.]+$" "public, max-age=31536000, immutable";
                        "~/assets/[^/]*-(?=[^./]*[0-9])(?=[^./]*[A-Z])(?=[^./]*[a-z])[A-Za-z0-9_-]{8}\\.[a-z0-9.]+$" "public, max-age=31536000, immutable";
                        "~/(_next/static|_astro|_app/immutable)/" "public, max-age=31536000, immutable";
                    }
                    add_header Cache-Control $cache_control;
                """;
        };
    }

    private String locations() {
        return settings.singlePage() ? """
                          location ~* \\.(%s)$ {
                              try_files $uri =404;
                          }
                          location / {
                              try_files $uri $uri/ /index.html;
                          }
                  """.formatted(ASSETS) : """
                          location / {
                              try_files $uri $uri/ $uri.html =404;
                          }
                  """;
    }

    private String notFound() {
        return ownNotFoundPage ? "root " + PAGES + ";\n            try_files /404.html =404;" : "return 404;";
    }
}
