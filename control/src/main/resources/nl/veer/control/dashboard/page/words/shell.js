// What the frame and the parts of all screens say.

export default {
  en: {
    failed: 'This screen has a fault. Load the page again; if it comes back, tell Veer’s makers.',
    waiting: 'Asking Veer …',
    silent: 'Veer says nothing. Nothing here is known of now.',
    'silent.age': 'The last status is {age} old.',
    lost: 'The connection to Veer is broken; trying again.',
    unreachable: 'Veer does not answer.',
    copy: 'Copy',
    copied: 'Copied',
    EQUAL: 'Equal',
    DIFFERENT: 'Different',
    UNKNOWN: 'Unknown',
    at: 'at {position}',
    'no.position': 'at no position',
  },
  nl: {
    failed: 'Dit scherm heeft een fout. Laad de pagina opnieuw; meld het de makers van Veer als het terugkomt.',
    waiting: 'Veer wordt gevraagd …',
    silent: 'Veer zegt niets. Van nu is hier niets bekend.',
    'silent.age': 'De laatste stand is {age} oud.',
    lost: 'De verbinding met Veer is verbroken; er wordt opnieuw geprobeerd.',
    unreachable: 'Veer antwoordt niet.',
    copy: 'Kopiëren',
    copied: 'Gekopieerd',
    EQUAL: 'Gelijk',
    DIFFERENT: 'Verschilt',
    UNKNOWN: 'Onbekend',
    at: 'op {position}',
    'no.position': 'op geen positie',
  },
}
