#include <ndis.h>

MINIPORT_INITIALIZE MPInitialize;
MINIPORT_HALT MPHalt;
MINIPORT_UNLOAD MPUnload;
MINIPORT_PAUSE MPPauseAgain;
MINIPORT_PAUSE MPPause;
DRIVER_UNLOAD MPDriverUnload;

NDIS_HANDLE DriverHandle;

NDIS_STATUS MPRestartNow(NDIS_HANDLE Context, PNDIS_MINIPORT_RESTART_PARAMETERS Parameters)
{
    return NDIS_STATUS_SUCCESS;
}

static VOID Helper(PVOID Context)
{
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars = {0};
    NDIS_STATUS status;

    chars.Header.Type = $0
    //? NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS | object type
    //! NDIS_OBJECT_TYPE_PROTOCOL_DRIVER_CHARACTERISTICS
    //= chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS|
    chars.Header.Revision = $0;
    //? NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2 | for version 6.30
    //= chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2|;
    chars.Header.Size = NDIS_SIZ$0
    //? NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2 | for version 6.30
    chars.MajorNdisVersion = $0
    //? NDIS_MINIPORT_MAJOR_VERSION
    chars.Flags = $0
    //? NDIS_INTERMEDIATE_DRIVER
    //? NDIS_WDM_DRIVER
    //only
    chars.Flags = NDIS_WDM_DRIVER | $0
    //none
    chars.MajorDriverVersion = $0
    //none
    chars.MajorNdisVersion = 6;
    chars.MinorNdisVersion = 30;
    chars.InitializeHandlerEx = MPInitialize;
    chars.HaltHandlerEx = MPHalt;

    chars.PauseHandler = $0
    //? MPPauseAgain | MINIPORT_PAUSE
    //? MPPause | MINIPORT_PAUSE
    //only
    chars.PauseHandler = &MP$0
    //none
    chars.PauseHandler = Context ? $0
    //none
    chars.RestartHandler = $0
    //? MPRestartNow | same parameters
    //? MPRestart | new MINIPORT_RESTART
    //only
    chars.DevicePnPEventNotifyHandler = $0;
    //? MPDevicePnPEventNotify | new MINIPORT_DEVICE_PNP_EVENT_NOTIFY, with declaration and body
    //only
    //= chars.DevicePnPEventNotifyHandler = MPDevicePnPEventNotify|;
    //+ MINIPORT_DEVICE_PNP_EVENT_NOTIFY MPDevicePnPEventNotify;
    //+ VOID MPDevicePnPEventNotify(
    chars.InitializeHandlerEx = $0
    //? MPInitialize2 | new
    //? MPInitialize | MINIPORT_INITIALIZE · used already
    //only
    chars.UnloadHandler == $0
    //none
    DriverObject->DriverUnload = $0
    //? MPDriverUnload | DRIVER_UNLOAD
    //only
    DriverObject->MajorFunction[IRP_MJ_PNP] = $0
    //? MPPnp | new DRIVER_DISPATCH
    //+ DRIVER_DISPATCH MPPnp;
    status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
    return status;
}
