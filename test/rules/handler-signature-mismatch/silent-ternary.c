#include <ndis.h>

static NDIS_HANDLE DriverHandle;

MINIPORT_PAUSE MPPause;
MINIPORT_RESTART MPRestart;
NDIS_STATUS MPPauseAny(VOID);

// Which function it is depends on the version, or stands behind a comma.
NDIS_STATUS RegisterMiniport(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars;

    FillCharacteristics(&chars);
    chars.PauseHandler = NdisGetVersion() > 0x60000 ? MPPause : (MINIPORT_PAUSE_HANDLER)MPPauseAny;
    chars.RestartHandler = (MPTrace(), MPRestart);

    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
}
