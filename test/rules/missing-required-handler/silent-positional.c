#include <ndis.h>

static NDIS_HANDLE DriverHandle;

static NDIS_MINIPORT_DRIVER_CHARACTERISTICS Table = {
    { NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS, NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2,
      NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2 },
    6, 30, 1, 0,
    0,
    NULL,
    MPInitialize,
    MPHalt,
    MPUnload,
    MPPause,
    MPRestart,
    MPOidRequest,
    MPSendNetBufferLists,
    MPReturnNetBufferLists,
    MPCancelSend,
    NULL,
    NULL,
    MPDevicePnPEventNotify,
    MPShutdown,
    MPCancelOidRequest,
};

NDIS_STATUS RegisterMiniport(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Table, &DriverHandle);
}
