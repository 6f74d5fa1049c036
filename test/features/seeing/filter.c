#include "filter.h"

NDIS_HANDLE FilterHandle;
NDIS_HANDLE DeviceHandle;
PDEVICE_OBJECT ControlDevice;

static NDIS_STATUS LwfRegisterDevice(VOID)
{
    NDIS_DEVICE_OBJECT_ATTRIBUTES device;
    NdisZeroMemory(&device, sizeof(device));
    //= control device · undone in LwfUnload
    return NdisRegisterDeviceEx(FilterHandle, &device, &ControlDevice, &DeviceHandle);
}

//= registers NDIS 6.30 filter, control device · unloads in LwfUnload
_Use_decl_annotations_
NTSTATUS
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    DriverObject->Driver$0Unload = LwfUnload;
    //definition: handlers.c: VOID [LwfUnload](PDRIVER_OBJECT DriverObject)
    //reference: driver.c: DriverObject->DriverUnload = [LwfUnload];
    //reference: filter.h: DRIVER_UNLOAD [LwfUnload];
    //reference: handlers.c: VOID [LwfUnload](PDRIVER_OBJECT DriverObject)
    NdisZeroMemory(&chars, sizeof(chars));
    chars.MajorNdisVersion = 6;
    chars.MinorNdis$0Version = 30;
    //nothing
    chars.Attach$0Handler = LwfAttach;
    //definition: handlers.c: NDIS_STATUS [LwfAttach](NDIS_HANDLE Filter, NDIS_HANDLE Context,
    //reference: driver.c: chars.AttachHandler = [LwfAttach];
    //reference: driver.c: status = [NdisFRegisterFilterDriver](DriverObject, NULL, &chars, &FilterHandle);
    //reference: driver.c: [NdisFDeregisterFilterDriver](FilterHandle);
    //reference: filter.h: FILTER_ATTACH [LwfAttach];
    //reference: handlers.c: NDIS_STATUS [LwfAttach](NDIS_HANDLE Filter, NDIS_HANDLE Context,
    //reference: handlers.c: [NdisFDeregisterFilterDriver](FilterHandle);
    chars.DetachHandler = (FILTER_DETACH *)LwfDetach;
    chars.PauseHandler = LwfPause;
    chars.RestartHandler = LwfPause$0Unseen;
    //nothing
    //= NDIS 6.30 filter · 4 handlers · undone in LwfUnload
    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &Filter$0Handle);
    //reference: driver.c: status = [NdisFRegisterFilterDriver](DriverObject, NULL, &chars, &FilterHandle);
    //reference: driver.c: [NdisFDeregisterFilterDriver](FilterHandle);
    //reference: handlers.c: [NdisFDeregisterFilterDriver](FilterHandle);
    if (status != NDIS_STATUS_SUCCESS) return status;
    status = LwfRegisterDevice();
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFDeregisterFilterDriver(FilterHandle);
    }
    return status; // Attach$0Handler in a comment
    //nothing
}
//- handlers.c
#include "filter.h"

//= DriverUnload · PASSIVE_LEVEL · set at driver.c:21
VOID LwfUnload(PDRIVER_OBJECT DriverObject)
//hints: VOID LwfUnload(PDRIVER_OBJECT DriverObject)«PASSIVE_LEVEL»
{
    NdisDeregisterDeviceEx(Device$0Handle);
    //definition: driver.c: return [NdisRegisterDeviceEx](FilterHandle, &device, &ControlDevice, &DeviceHandle);
    //reference: driver.c: return [NdisRegisterDeviceEx](FilterHandle, &device, &ControlDevice, &DeviceHandle);
    //reference: handlers.c: [NdisDeregisterDeviceEx](DeviceHandle);
    NdisFDeregister$0FilterDriver(FilterHandle);
    //definition: driver.c: status = [NdisFRegisterFilterDriver](DriverObject, NULL, &chars, &FilterHandle);
    //reference: driver.c: status = [NdisFRegisterFilterDriver](DriverObject, NULL, &chars, &FilterHandle);
    //reference: driver.c: [NdisFDeregisterFilterDriver](FilterHandle);
    //reference: handlers.c: [NdisFDeregisterFilterDriver](FilterHandle);
}

//= FilterAttach · PASSIVE_LEVEL · registered at driver.c:25
NDIS_STATUS LwfAttach(NDIS_HANDLE Filter, NDIS_HANDLE Context,
    PNDIS_FILTER_ATTACH_PARAMETERS Parameters)
{
    return NDIS_STATUS_SUCCESS;
}

//= FilterDetach · PASSIVE_LEVEL · registered at driver.c:26
VOID LwfDetach(NDIS_HANDLE Context)
//hints: VOID LwfDetach(NDIS_HANDLE Context)«PASSIVE_LEVEL»
{
    UnrelatedHelper();
}

// A role that says nothing of who stores it.
//= FilterStatus · up to DISPATCH_LEVEL
VOID LwfStatus(NDIS_HANDLE Context, PNDIS_STATUS_INDICATION Indication)
//hints: VOID LwfStatus(NDIS_HANDLE Context, PNDIS_STATUS_INDICATION Indication)«≤ DISPATCH_LEVEL»
{
}

//= FilterPause · PASSIVE_LEVEL · registered at driver.c:27
NDIS_STATUS LwfPause(NDIS_HANDLE Context, PNDIS_FILTER_PAUSE_PARAMETERS Parameters)
{
    return NDIS_STATUS_SUCCESS;
}

VOID Unrelated$0Helper(VOID)
//nothing
{
}
//- filter.h
DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD LwfUnload;
FILTER_ATTACH LwfAttach;
FILTER_DETACH LwfDetach;
FILTER_STATUS LwfStatus;
FILTER_PAUSE LwfPause;
FILTER_RESTART LwfPauseUnseen;
extern NDIS_HANDLE FilterHandle;
extern NDIS_HANDLE DeviceHandle;
extern PDEVICE_OBJECT ControlDevice;
VOID UnrelatedHelper(VOID);
