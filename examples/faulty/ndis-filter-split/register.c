// Registers the filter and its control device.

#include "filter.h"

NDIS_STATUS LwfRegister(PDRIVER_OBJECT DriverObject)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STRING friendlyName = RTL_CONSTANT_STRING(L"My Filter");
    // NetCfgInstanceId of the INF file
    NDIS_STRING uniqueName = RTL_CONSTANT_STRING(L"{00000000-0000-0000-0000-000000000000}");
    NDIS_STRING serviceName = RTL_CONSTANT_STRING(L"LwfFilter");

    NdisZeroMemory(&chars, sizeof(chars));
    chars.Header.Type = NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS;
    chars.Header.Revision = NDIS_FILTER_CHARACTERISTICS_REVISION_2;
    chars.Header.Size = NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2;
    chars.MajorNdisVersion = 6;
    chars.MinorNdisVersion = 30;
    chars.MajorDriverVersion = 1;
    chars.MinorDriverVersion = 0;
    chars.FriendlyName = friendlyName;
    chars.UniqueName = uniqueName;
    chars.ServiceName = serviceName;
    chars.AttachHandler = LwfAttach;
    chars.DetachHandler = LwfDetach;
    chars.RestartHandler = LwfRestart;
    chars.PauseHandler = LwfPause;

    return NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
}

NDIS_STATUS LwfRegisterDevice(VOID)
{
    NDIS_DEVICE_OBJECT_ATTRIBUTES device;
    NDIS_STRING deviceName = RTL_CONSTANT_STRING(L"\\Device\\LwfControl");
    NDIS_STRING linkName = RTL_CONSTANT_STRING(L"\\DosDevices\\LwfControl");
    PDRIVER_DISPATCH dispatch[IRP_MJ_MAXIMUM_FUNCTION + 1];

    NdisZeroMemory(dispatch, sizeof(dispatch));
    dispatch[IRP_MJ_CREATE] = LwfDispatch;
    dispatch[IRP_MJ_CLEANUP] = LwfDispatch;
    dispatch[IRP_MJ_CLOSE] = LwfDispatch;
    dispatch[IRP_MJ_DEVICE_CONTROL] = LwfDispatch;

    NdisZeroMemory(&device, sizeof(device));
    device.Header.Type = NDIS_OBJECT_TYPE_DEVICE_OBJECT_ATTRIBUTES;
    device.Header.Revision = NDIS_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
    device.Header.Size = NDIS_SIZEOF_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
    device.DeviceName = &deviceName;
    device.SymbolicName = &linkName;
    device.MajorFunctions = dispatch;

    return NdisRegisterDeviceEx(FilterHandle, &device, &ControlDevice, &DeviceHandle);
}
