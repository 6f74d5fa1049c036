// Two registrations; one way out undoes the first, one forgets it. Unload undoes both.
#include <ndis.h>

NDIS_HANDLE FilterHandle;
NDIS_HANDLE DeviceHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD LwfUnload;
FILTER_ATTACH LwfAttach;
FILTER_DETACH LwfDetach;
FILTER_RESTART LwfRestart;
FILTER_PAUSE LwfPause;

static NTSTATUS LwfRegisterDevice(void);

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars = {0};
    NTSTATUS status;

    chars.Header.Type = NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS;
    chars.Header.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_2;
    chars.Header.Size = NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2;
    chars.MajorNdisVersion = 6;
    chars.MinorNdisVersion = 30;
    chars.AttachHandler = LwfAttach;
    chars.DetachHandler = LwfDetach;
    chars.RestartHandler = LwfRestart;
    chars.PauseHandler = LwfPause;
    DriverObject->DriverUnload = LwfUnload;

    status = NdisFRegisterFilterDriver(DriverObject, DriverObject, &chars, &FilterHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        return status;
    }
    status = LwfRegisterDevice();
    if (!NT_SUCCESS(status)) {
        return status;
    }
    if (!LwfReadParameters(RegistryPath)) {
        NdisDeregisterDeviceEx(DeviceHandle);
        NdisFDeregisterFilterDriver(FilterHandle);
        return STATUS_INVALID_PARAMETER;
    }
    return STATUS_SUCCESS;
}

static NTSTATUS LwfRegisterDevice(void)
{
    NDIS_DEVICE_OBJECT_ATTRIBUTES attributes = {0};
    PDEVICE_OBJECT device;

    return NdisRegisterDeviceEx(FilterHandle, &attributes, &device, &DeviceHandle);
}

VOID LwfUnload(PDRIVER_OBJECT DriverObject)
{
    NdisDeregisterDeviceEx(DeviceHandle);
    NdisFDeregisterFilterDriver(FilterHandle);
}

NDIS_STATUS LwfAttach(NDIS_HANDLE NdisFilterHandle, NDIS_HANDLE FilterDriverContext,
                      PNDIS_FILTER_ATTACH_PARAMETERS AttachParameters)
{
    return NDIS_STATUS_SUCCESS;
}

VOID LwfDetach(NDIS_HANDLE FilterModuleContext)
{
}

NDIS_STATUS LwfRestart(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS LwfPause(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters)
{
    return NDIS_STATUS_SUCCESS;
}
