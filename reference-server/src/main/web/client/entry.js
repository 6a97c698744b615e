// What `import { ChatClient } from '/client.js'` gives; the build puts an `export` of these behind it.
import { ChatClient } from './chat-client.js';
import { decode } from './frames.js';
import { fresh } from './draft.js';
import { STANDARD, step } from './machine.js';

$exports['ChatClient'] = ChatClient;
$exports['decode'] = decode;
$exports['fresh'] = fresh;
$exports['STANDARD'] = STANDARD;
$exports['step'] = step;
