package dev.holdfast.protocol.spec;

import java.util.List;

/**
 * A frame that breaks a rule which a schema can see.
 *
 * @param names a word of the complaint: the field at fault
 */
record WrongFrame(String side, String profile, String names, String json) {
  private static final String AT = "\"timestamp\":\"2026-03-01T09:00:00.000Z\"";
  private static final String CONNECTED =
      """
      "status":"connected","session_id":"s","epoch":"e","resume_token":"bm90LWEtcmVhbC10b2tlbg",\
      "ack":0,"top_seq":0,"heartbeat_interval_ms":1,"pong_timeout_ms":1,"resume_ttl_ms":1,\
      "run_timeout_ms":1,"replay_max_frames":1,"replay_max_bytes":1,"max_frame_bytes":1,\
      "max_pending_runs":1,"capabilities":[]\
      """;

  static final List<WrongFrame> ALL =
      List.of(
          core("server", "object", "[]"),
          core("server", "type", "{'data':null,@}"),
          core("server", "data", "{'type':'pong',@}"),
          core("server", "timestamp", "{'type':'pong','data':null}"),
          core("server", "type", "{'type':'typing','data':null,@}"),
          core("server", "data", "{'type':'pong','data':'x',@}"),
          core("server", "data", "{'type':'pong','data':[],@}"),
          core("server", "id", "{'type':'pong','id':7,'data':null,@}"),
          core("server", "id", "{'type':'pong','id':'a b','data':null,@}"),
          core("server", "seq", "{'type':'pong','seq':'1','data':null,@}"),
          core("server", "seq", "{'type':'pong','seq':-1,'data':null,@}"),
          core("server", "seq", "{'type':'pong','seq':1.5,'data':null,@}"),
          core("server", "ack", "{'type':'pong','ack':9007199254740992,'data':null,@}"),
          core("server", "replay", "{'type':'pong','replay':1,'data':null,@}"),
          core("server", "session_id", "{'type':'pong','session_id':'a/b','data':null,@}"),
          core("server", "timestamp", "{'type':'pong','data':null,'timestamp':1772355600000}"),
          core("server", "timestamp", "{'type':'pong','data':null,'timestamp':'yesterday'}"),
          core(
              "server",
              "timestamp",
              "{'type':'pong','data':null,'timestamp':'2026-03-01T09:00:00Z'}"),
          core("server", "content", "{'type':'message','data':{},@}"),
          core("server", "content", "{'type':'message','data':{'content':7},@}"),
          core("server", "artifacts", "{'type':'message','data':{'content':'','artifacts':{}},@}"),
          core(
              "server",
              "artifacts",
              "{'type':'message','data':{'content':'','artifacts':[{'type':'x'}]},@}"),
          core("server", "error", "{'type':'error','data':{'code':'busy'},@}"),
          core("server", "code", "{'type':'error','data':{'error':'Busy.'},@}"),
          core(
              "server",
              "retryable",
              "{'type':'error','data':{'error':'Busy.','code':'busy','retryable':'yes'},@}"),
          core("server", "status", "{'type':'status','data':{},@}"),
          core(
              "server",
              "message",
              "{'type':'status','data':{'status':'connected','session_id':'s','heartbeat_interval_ms':1},@}"),
          core(
              "server",
              "heartbeat_interval_ms",
              "{'type':'status','data':{'status':'connected','session_id':'s','heartbeat_interval_ms':'1','message':''},@}"),
          core(
              "server", "stage", "{'type':'status','data':{'status':'processing','message':''},@}"),
          core("server", "retry_after_ms", "{'type':'status','data':{'status':'drain'},@}"),
          core(
              "server",
              "status",
              "{'type':'tool_execution','data':{'tool':'t','tool_call_id':'c','status':'done'},@}"),
          core(
              "server",
              "tool_call_id",
              "{'type':'tool_execution','data':{'tool':'t','status':'pending'},@}"),
          plain("server", "content", "{'type':'message','data':{'text':'hello'}}"),
          plain("server", "error", "{'type':'error','data':{'message':'no'}}"),
          plain("server", "timestamp", "{'type':'pong','timestamp':1772355600000}"),
          plain("client", "content", "{'type':'message','data':{}}"),
          core("client", "data", "{'type':'message'}"),
          core("client", "content", "{'type':'message','data':{'content':''}}"),
          core("client", "content", "{'type':'message','data':{'content':null}}"),
          core(
              "client",
              "message_history",
              "{'type':'message','data':{'content':'x','message_history':'y'}}"),
          core("client", "timestamp", "{'type':'ping','data':null,'timestamp':7}"),
          resume("client", "id", "{'type':'message','seq':1,'data':{'content':'x'}}"),
          resume("client", "seq", "{'type':'message','id':'m','data':{'content':'x'}}"),
          resume("client", "seq", "{'type':'message','id':'m','seq':0,'data':{'content':'x'}}"),
          resume("client", "id", "{'type':'ping','data':null}"),
          resume("client", "reply_to", "{'type':'pong','data':null}"),
          resume("client", "seq", "{'type':'ping','id':'p','seq':1,'data':null}"),
          resume("client", "ack", "{'type':'status','data':{'status':'ack'}}"),
          resume("client", "seq", "{'type':'status','data':{'status':'cancel','run_id':'r'}}"),
          resume("client", "run_id", "{'type':'status','seq':1,'data':{'status':'cancel'}}"),
          hello("client_id", "'attempt':1,'ack':0,'capabilities':[]"),
          hello("client_id", "'client_id':'a b','attempt':1,'ack':0,'capabilities':[]"),
          hello("attempt", "'client_id':'c','ack':0,'capabilities':[]"),
          hello("attempt", "'client_id':'c','attempt':'1','ack':0,'capabilities':[]"),
          hello("ack", "'client_id':'c','attempt':1,'capabilities':[]"),
          hello("capabilities", "'client_id':'c','attempt':1,'ack':0"),
          hello("capabilities", "'client_id':'c','attempt':1,'ack':0,'capabilities':'tokens'"),
          resume("server", "outcome", "{'type':'status','data':{" + CONNECTED + "},@}"),
          connected("outcome", "'outcome':'maybe'"),
          connected("reason", "'outcome':'reset','ids_kept':true"),
          connected("ids_kept", "'outcome':'reset','reason':'expired'"),
          connected("reason", "'outcome':'reset','reason':'because','ids_kept':true"),
          connected("resume_token", "'outcome':'new','resume_token':'short'"),
          resume("server", "seq", "{'type':'message','data':{'content':'x'},@}"),
          resume(
              "server",
              "seq",
              "{'type':'tool_execution','data':{'tool':'t','tool_call_id':'c','status':'error'},@}"),
          resume(
              "server",
              "seq",
              "{'type':'status','data':{'status':'processing','stage':'s','message':''},@}"),
          resume(
              "server", "seq", "{'type':'status','seq':1,'data':{'status':'caught_up','seq':1},@}"),
          resume("server", "seq", "{'type':'status','data':{'status':'caught_up'},@}"),
          piece("seq", "'seq':1,'run_id':'r'", "'state':'delta','offset':0"),
          piece("run_id", "'id':'x'", "'state':'delta','offset':0"),
          piece("state", "'run_id':'r'", "'state':'more','offset':0"),
          piece("offset", "'run_id':'r'", "'state':'delta','offset':-1"),
          resume("server", "delta", "{'type':'message','run_id':'r','data':{'stream':{}},@}"),
          resume(
              "server",
              "reply_to",
              "{'type':'message','seq':1,'data':{'role':'user','content':'x'},@}"),
          resume(
              "server",
              "run_id",
              "{'type':'status','ack':1,'reply_to':'m','data':{'status':'ack','duplicate':true},@}"),
          resume("server", "runs", "{'type':'status','data':{'status':'snapshot'},@}"),
          resume(
              "server",
              "state",
              "{'type':'status','data':{'status':'snapshot','runs':[{'run_id':'r','state':'lost','text':''}]},@}"),
          resume("server", "members", "{'type':'status','data':{'status':'presence'},@}"),
          resume("server", "id", "{'type':'ping','data':null,@}"),
          resume("server", "reply_to", "{'type':'pong','data':null,@}"));

  private static WrongFrame core(String side, String names, String json) {
    return of(side, "core", names, json);
  }

  private static WrongFrame plain(String side, String names, String json) {
    return of(side, "core-plain", names, json);
  }

  private static WrongFrame resume(String side, String names, String json) {
    return of(side, "resume", names, json);
  }

  private static WrongFrame hello(String names, String fields) {
    return resume("client", names, "{'type':'status','data':{'status':'hello'," + fields + "}}");
  }

  /** The fields come last, as a later key wins over one of the sound ones. */
  private static WrongFrame connected(String names, String fields) {
    return resume("server", names, "{'type':'status','data':{" + CONNECTED + "," + fields + "},@}");
  }

  private static WrongFrame piece(String names, String envelope, String stream) {
    return resume(
        "server",
        names,
        "{'type':'message'," + envelope + ",'data':{'stream':{" + stream + "},'delta':'x'},@}");
  }

  /** In {@code json}, {@code '} stands for a quote and {@code @} for a timestamp. */
  private static WrongFrame of(String side, String profile, String names, String json) {
    return new WrongFrame(side, profile, names, json.replace('\'', '"').replace("@", AT));
  }

  @Override
  public String toString() {
    return side + " " + profile + ": " + json;
  }
}
