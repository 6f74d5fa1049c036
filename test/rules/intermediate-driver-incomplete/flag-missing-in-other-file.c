//- entry.c
#include <ndis.h>

NDIS_HANDLE DriverHandle;

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS chars = {0};

    chars.Header.Type = NDIS_OBJECT_TYPE_MINIPORT_DRIVER_CHARACTERISTICS;
    chars.Header.Revision = NDIS_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2;
    chars.Header.Size = NDIS_SIZEOF_MINIPORT_DRIVER_CHARACTERISTICS_REVISION_2;
    chars.MajorNdisVersion = 6;
    chars.MinorNdisVersion = 30;
    chars.InitializeHandlerEx = MPInitialize;
    chars.HaltHandlerEx = MPHalt;
    chars.UnloadHandler = MPUnload;
    chars.PauseHandler = MPPause;
    chars.RestartHandler = MPRestart;
    chars.OidRequestHandler = MPOidRequest;
    chars.SendNetBufferListsHandler = MPSendNetBufferLists;
    chars.ReturnNetBufferListsHandler = MPReturnNetBufferLists;
    chars.CancelSendHandler = MPCancelSend;
    chars.DevicePnPEventNotifyHandler = MPDevicePnPEventNotify;
    chars.ShutdownHandlerEx = MPShutdown;
    chars.CancelOidRequestHandler = MPCancelOidRequest;

    return NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &chars, &DriverHandle);
    //                                                                   ^^^^^^ warning intermediate-driver-incomplete: 'chars' is registered with 'NdisMRegisterMiniportDriver' without 'NDIS_INTERMEDIATE_DRIVER', but the driver calls 'NdisIMInitializeDeviceInstanceEx'
}

//- bind.c
#include <ndis.h>

extern NDIS_HANDLE DriverHandle;

NDIS_STATUS CreateVirtualMiniport(PNDIS_STRING Name, NDIS_HANDLE Context)
{
    NDIS_STATUS status = NdisIMInitializeDeviceInstanceEx(DriverHandle, Name, Context);

    if (status != NDIS_STATUS_SUCCESS) {
        DbgPrint("no virtual miniport: %x\n", status);
    }
    return status;
}
