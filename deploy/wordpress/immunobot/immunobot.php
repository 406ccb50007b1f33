<?php
/**
 * Plugin Name: immunobot
 * Description: The automatic assistant on your pages: [immunobot], or on every page (Settings > General).
 * Version: 1.0
 * Requires at least: 6.3
 * Requires PHP: 7.4
 * License: Apache-2.0
 */
defined('ABSPATH') || exit;

const IMMUNOBOT_ATTRIBUTES = ['lang' => '', 'mode' => 'bubble', 'position' => 'right', 'title' => '', 'greeting' => '', 'suggestions' => '',
    'privacy-url' => '', 'notice' => '', 'contact-url' => '', 'persist' => 'tab', 'theme' => 'auto'];

// [immunobot mode="inline" lang="fr"]; an empty text while no address is set.
function immunobot_shortcode($given): string {
    $bot = untrailingslashit(esc_url(get_option('immunobot_url', ''), ['https', 'http']));
    if ($bot === '') {
        return '';
    }
    wp_enqueue_script('immunobot', "$bot/widget.js", [], null, ['strategy' => 'defer']);
    $attributes = shortcode_atts(IMMUNOBOT_ATTRIBUTES, $given, 'immunobot');
    $attributes['lang'] = in_array($attributes['lang'], ['fr', 'en'], true) ? $attributes['lang'] : (strpos(get_locale(), 'fr') === 0 ? 'fr' : 'en');
    $html = '';
    foreach ($attributes as $name => $value) {
        $html .= $value === '' || $value === IMMUNOBOT_ATTRIBUTES[$name] ? '' : sprintf(' %s="%s"', $name, esc_attr($value));
    }
    $ask = $attributes['lang'] === 'fr' ? 'Poser une question' : 'Ask a question';
    return sprintf('<immunobot-chat%s><a href="%s/ask?lang=%s">%s</a></immunobot-chat>', $html, $bot, $attributes['lang'], $ask);
}
add_shortcode('immunobot', 'immunobot_shortcode');

add_action('wp_footer', function () {
    if (get_option('immunobot_everywhere')) {
        echo immunobot_shortcode([]);
    }
}, 5);

add_action('admin_init', function () {
    register_setting('general', 'immunobot_url', ['type' => 'string', 'sanitize_callback' => 'sanitize_url']);
    register_setting('general', 'immunobot_everywhere', ['type' => 'boolean']);
    add_settings_field('immunobot_url', 'immunobot', function () {
        printf('<input name="immunobot_url" id="immunobot_url" type="url" class="regular-text" value="%s" placeholder="https://bot.example.org">', esc_attr(get_option('immunobot_url', '')));
        printf('<p><label><input name="immunobot_everywhere" type="checkbox" value="1" %s> %s</label></p>', checked(get_option('immunobot_everywhere'), true, false), 'On every page');
    }, 'general', 'default', ['label_for' => 'immunobot_url']);
});
