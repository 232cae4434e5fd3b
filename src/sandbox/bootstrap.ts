/**
 * The only inline script of a run's frame: it makes a worker of the text that it is sent, hands it the port, and reports
 * a worker that cannot start. The page's policy allows exactly this text by its hash, so every change of it changes `bootstrapHash`.
 */
export const bootstrap =
  "addEventListener('message',function(e){if(e.source!==parent)return;" +
  "var u=URL.createObjectURL(new Blob([e.data],{type:'text/javascript'})),w=new Worker(u);" +
  'URL.revokeObjectURL(u);w.onerror=function(x){parent.postMessage(String(x.message)+" "+x.lineno+":"+x.colno,"*")};' +
  "w.postMessage(null,e.ports)},{once:true});parent.postMessage('up','*')";

/** SHA-256 of `bootstrap` as a Content-Security-Policy writes it. */
export const bootstrapHash = 'sha256-DkT0rZK/wJHDgaGYlPaHF56H5E8j3ma5SYy0xY3SFpY=';
