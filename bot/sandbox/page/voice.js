// Voice: recording by the browser, or a made-up sample where there is no microphone.

const RATE = 24000;
const FORMATS = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"];

/** A recording under way; rejects when there is no microphone or no leave to use it. */
export async function record() {
  if (!navigator.mediaDevices || !window.MediaRecorder) throw new Error("no microphone");
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const mimeType = FORMATS.find((format) => MediaRecorder.isTypeSupported(format));
  const recorder = new MediaRecorder(stream, { mimeType });
  const parts = [];
  recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
  recorder.start();
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  const stop = async () => {
    const duration = seconds();
    await ended(recorder, stream);
    return { file: voiceFile(parts, mimeType), duration };
  };
  return { seconds, stop, cancel: () => ended(recorder, stream) };
}

function ended(recorder, stream) {
  return new Promise((resolve) => {
    recorder.addEventListener("stop", resolve, { once: true });
    recorder.stop();
    for (const track of stream.getTracks()) track.stop();
  });
}

function voiceFile(parts, mimeType) {
  const type = mimeType.split(";")[0];
  return new File(parts, `voice.${type.split("/")[1]}`, { type });
}

// A sentence's melody: [start, length, pitch in hertz, first formant, second formant].
const SYLLABLES = [
  [0.05, 0.16, 150, 650, 1100],
  [0.24, 0.2, 172, 400, 2000],
  [0.52, 0.14, 160, 500, 900],
  [0.7, 0.22, 182, 700, 1250],
  [1.0, 0.15, 165, 350, 2200],
  [1.18, 0.18, 150, 550, 1700],
  [1.45, 0.3, 128, 620, 1050],
];

/** A two-second murmur in the rhythm of speech, as a WAV file. */
export async function voiceSample() {
  const duration = 2;
  const context = new OfflineAudioContext(1, RATE * duration, RATE);
  for (const syllable of SYLLABLES) speak(context, ...syllable);
  const sound = await context.startRendering();
  const bytes = wav(sound.getChannelData(0));
  return { file: new File([bytes], "voice-sample.wav", { type: "audio/wav" }), duration };
}

function speak(context, start, length, pitch, ...formants) {
  const throat = new OscillatorNode(context, { type: "sawtooth", frequency: pitch });
  throat.frequency.linearRampToValueAtTime(pitch * 0.92, start + length);
  for (const frequency of formants) {
    const mouth = new BiquadFilterNode(context, { type: "bandpass", frequency, Q: 6 });
    throat
      .connect(mouth)
      .connect(loudness(context, start, length))
      .connect(context.destination);
  }
  throat.start(start);
  throat.stop(start + length);
}

function loudness(context, start, length) {
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(0.6, start + length * 0.3);
  gain.gain.linearRampToValueAtTime(0, start + length);
  return gain;
}

/** Samples between -1 and 1 as 16-bit mono WAV (RIFF, PCM). */
function wav(samples) {
  const view = new DataView(new ArrayBuffer(44 + samples.length * 2));
  const ascii = (at, text) => [...text].forEach((c, i) => view.setUint8(at + i, c.charCodeAt(0)));
  ascii(0, "RIFF");
  view.setUint32(4, 36 + samples.length * 2, true);
  ascii(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // PCM
  view.setUint16(22, 1, true); // mono
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  ascii(36, "data");
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((value, index) => {
    view.setInt16(44 + index * 2, Math.max(-1, Math.min(1, value)) * 32767, true);
  });
  return view.buffer;
}

/** How long a sound file is, in seconds; undefined when the browser cannot read it. */
export async function soundLength(file) {
  if (file.size > 30 * 1024 ** 2) return undefined; // decoding that much would freeze the page
  try {
    const context = new OfflineAudioContext(1, 1, RATE);
    return (await context.decodeAudioData(await file.arrayBuffer())).duration;
  } catch {
    return undefined;
  }
}
